"""Every old way is told when a way to sign in, or a second step, changes, in case it was not the person (ADR 0046)."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction

import audit
from kit import channels, clock, mail, outbox
from people import queries
from people.mails import changed_words
from people.models import Person, WayToTell

TELLING = "people.way_changed"
# What no carrier took until then is told no longer.
TOLD_WITHIN = timedelta(days=7)


def tell_ways(person: Person, what: str, ways: Iterable[str]) -> None:
    """Promise a message to each of these addresses and numbers; inside the caller's transaction.

    One for each: a way that takes nothing now keeps none of the others waiting.
    """
    for to in sorted(ways):
        way = WayToTell.objects.create(person=person, to=to, until=clock.now() + TOLD_WITHIN)
        outbox.put(TELLING, key=way.pk, in_schema="public", way=way.pk, what=what)


@transaction.atomic
def tell_way(*, way_id: UUID, what: str) -> None:
    """Say on one way that something changed, and forget the way."""
    way = WayToTell.objects.select_for_update(of=("self",)).select_related("person").filter(pk=way_id).first()
    if way is None:
        return
    # A way that is gone for good cannot be told, and whose account was closed is not written to.
    if way.person.is_active:
        with suppress(channels.BadAddress):
            send_to(way.to, key=f"{TELLING}:{way.pk}", subject=mail.Subject.ACCOUNT, words=changed_words(what))
    way.delete()


def send_to(to: str, *, key: str, subject: mail.Subject, words: str) -> None:
    """An e-mail or a text message, as fits where it goes."""
    if "@" in to:
        mail.send(key=key, to=to, subject=subject, words=words)
    else:
        channels.send_text(key=key, to=to, words=" ".join(words.split()))


@transaction.atomic
def password_chosen(*, person: Person, by: Person) -> None:
    """A password was set or changed."""
    audit.record(by=by, operation="change", what="chose a password", subject=person)
    tell_ways(person, "password", queries.reached_at(person))

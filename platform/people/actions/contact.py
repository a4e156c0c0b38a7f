"""How it is safe to reach somebody: each thing is chosen on a page of its own."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

import audit
from kit import clock
from people.actions.accounts import give_consent
from people.actions.places import notice
from people.actions.words import end_links
from people.errors import NotThisWay
from people.models import Consent, Mobile, Person, SafeContact


@transaction.atomic
def change_contact(
    *, person: Person, channel: str, by: Person, words_in_messages: bool = False, letter_to: str = "", worker: str = ""
) -> SafeContact:
    """The way it is safe to reach them; by anything but their page only with their agreement to be told that way.

    Whether words may stand in messages is asked anew for each way: what was ticked for another way does not count.
    """
    needs = {SafeContact.Channel.LETTER: letter_to.strip(), SafeContact.Channel.WORKER: worker.strip()}
    if not needs.get(SafeContact.Channel(channel), "given"):
        raise NotThisWay("Say where a letter goes, or who should tell you.")
    if channel == SafeContact.Channel.EMAIL and not person.email:
        raise NotThisWay("We have no email address of yours. Choose another way.")
    if channel == SafeContact.Channel.TEXT and not Mobile.objects.filter(person=person).exists():
        raise NotThisWay("Give us your mobile number first, so that we can check that it is yours.")
    if not SafeContact.objects.filter(person=person, channel=channel).exists():
        end_links(person_id=person.pk)
    by_message = channel in SafeContact.MESSAGES
    contact = _change(
        person, by, channel=channel, way_is_open=False, words_in_messages=words_in_messages and by_message,
        letter_to=letter_to.strip(), worker=worker.strip(),
    )  # fmt: skip
    if channel != SafeContact.Channel.PAGE:
        give_consent(person=person, purpose=Consent.Purpose.CONTACT, by=by)
    return contact


@transaction.atomic
def choose_times(*, person: Person, days: Sequence[int], parts: Sequence[str], by: Person) -> SafeContact:
    """When it is safe to send them something; no day is any day, and no part of the day is any time."""
    return _change(person, by, days=sorted({int(day) for day in days}), parts=sorted(parts))


@transaction.atomic
def choose_format(*, person: Person, format: str, by: Person, format_words: str = "") -> SafeContact:
    """In which form they can read an answer."""
    if format == SafeContact.Format.OTHER and not format_words.strip():
        raise NotThisWay("Say what would work for you.")
    words = format_words.strip() if format == SafeContact.Format.OTHER else ""
    return _change(person, by, format=format, format_words=words)


@transaction.atomic
def choose_words(*, person: Person, words_in_messages: bool, by: Person) -> SafeContact:
    """Whether the answer itself may stand in a message, by the way they chose."""
    contact = SafeContact.objects.select_for_update().filter(person=person).first()
    if contact is None or not contact.is_by_message:
        raise NotThisWay("Choose email or text messages first.")
    return _change(person, by, words_in_messages=words_in_messages)


def stop_messages(*, person: Person, channels: Sequence[str]) -> None:
    """What these went to is theirs no longer: from now on only their page tells them, and it says so itself.

    Inside the caller's transaction.
    """
    fallen = SafeContact.objects.filter(person=person, channel__in=channels).update(
        channel=SafeContact.Channel.PAGE, way_is_open=False, words_in_messages=False, changed_at=clock.now()
    )
    if fallen:
        say_on_page(person=person, kind="no_messages")


def say_on_page(*, person: Person, kind: str) -> None:
    """A line on their page that leads to how we reach them."""
    path = reverse("my_contact", urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    notice(person_id=person.pk, kind=kind, key=clock.now().isoformat(), path=path)


def _change(person: Person, by: Person, **chosen: Any) -> SafeContact:
    chosen |= {"changed_at": clock.now()}
    first = {"way_is_open": True} | chosen
    contact, _ = SafeContact.objects.update_or_create(person=person, defaults=chosen, create_defaults=first)
    audit.record(by=by, operation="change", what="changed the safe way to reach somebody", subject=person)
    return contact

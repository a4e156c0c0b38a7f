"""Letters ready to fold: the answer, and where it goes (ADR 0050)."""

import uuid
from collections.abc import Sequence

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from people.queries import Way, ways_to
from tenants.feedback import papers
from tenants.feedback.errors import NoLetter
from tenants.feedback.models import Told
from tenants.feedback.papers import Letter
from tenants.feedback.queries.easy import easy_read
from tenants.feedback.rules import Channel, Form
from tenants.schemes.models import Scheme

MOST_AT_ONCE = 100


@transaction.atomic
def make_letter(*, told: Told, scheme: Scheme, by: Person) -> bytes:
    """The letter of one telling, as a paper to post."""
    return _make([told], scheme, by)


@transaction.atomic
def make_letters(*, scheme: Scheme, by: Person) -> bytes:
    """All letters that wait, as one paper; those that a human must make first are left out."""
    return _make(list(Told.objects.letters_to_post().made_by_us()[:MOST_AT_ONCE]), scheme, by)


def _make(tellings: Sequence[Told], scheme: Scheme, by: Person) -> bytes:
    """Where each goes is asked now; who no longer wants letters gets none. That it was read is written down."""
    waiting = Told.objects.letters_to_post().filter(pk__in=[told.pk for told in tellings])
    found = list(waiting.select_related("round__point", "round__easy", "sayer").order_by("started_on", "pk"))
    ways = ways_to(told.sayer.person_id for told in found)
    going = [(told, _goes_to(told, ways)) for told in found]
    letters = [(told, to) for told, to in going if to is not None]
    if not letters:
        raise NoLetter("They do not want letters now. Find another way to tell them.")
    audit.record_each(
        by=by, operation="disclose", what="made a letter with an answer", basis="consent",
        about=[(told.sayer.person_id, told.round.point) for told, _ in letters],
    )  # fmt: skip
    return papers.letters([_letter(told, to) for told, to in letters], origin=scheme.origin)


def _goes_to(told: Told, ways: dict[uuid.UUID, Way]) -> str | None:
    """The address; empty for a slip, of whose holder staff keep it themselves, and None for who wants no letter."""
    if told.sayer.person_id is None:
        return ""
    way = ways.get(told.sayer.person_id)
    return way.to if way and way.contact.channel == Channel.LETTER else None


def _letter(told: Told, to: str) -> Letter:
    return Letter(
        to=to,
        decision=told.round.get_decision_display(),
        answer=told.round.answer,
        reason=told.round.reason,
        due=told.round.due,
        review_on=told.round.review_on,
        large=told.form == Form.LARGE,
        easy=easy_read(told.round.point, told.round) if told.form == Form.EASY else [],
        has_account=told.sayer.person_id is not None,
        on=clock.today(),
    )

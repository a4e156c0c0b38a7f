"""Letters ready to fold: the answer, and where it goes (ADR 0050)."""

import uuid
from collections.abc import Sequence

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from people.queries import Way, ways_to
from tenants.feedback import papers
from tenants.feedback.actions.asked import code_of, give_the_whole_time
from tenants.feedback.actions.needs import need_of
from tenants.feedback.errors import NoLetter
from tenants.feedback.models import Sayer, Told
from tenants.feedback.papers import Asking, Letter
from tenants.feedback.queries.asked import OpenQuestion
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


@transaction.atomic
def make_asking_letter(*, question: OpenQuestion, scheme: Scheme, by: Person) -> bytes:
    """The letter that asks one of those who said it whether it changed, in the form they need."""
    asked = question.one
    to = _goes_to(asked.sayer, ways_to([asked.sayer.person_id]) if asked.sayer.person_id else {})
    if asked.channel == Channel.LETTER and to is not None:
        asked = give_the_whole_time(asked)
    if asked.channel != Channel.LETTER or asked.until_day is None or to is None:
        raise NoLetter("They do not want letters now. Find another way to ask them.")
    need = need_of(asked.sayer)
    audit.record(
        by=by, operation="disclose", what="made a letter that asks whether it changed",
        subject=asked.sayer.person_id, thing=asked.round.point, basis="consent",
    )  # fmt: skip
    written = Asking(
        to=to,
        reference=asked.sayer.reference,
        said_on=question.said_on,
        decided_on=question.decided_on,
        done_on=question.done_on,
        code=code_of(asked),
        until=asked.until_day,
        form=Form(need.form) if need else Form.PLAIN,
        on=clock.today(),
    )
    return papers.asking(written, origin=scheme.origin)


def _make(tellings: Sequence[Told], scheme: Scheme, by: Person) -> bytes:
    """Where each goes is asked now; who no longer wants letters gets none. That it was read is written down."""
    waiting = Told.objects.letters_to_post().filter(pk__in=[told.pk for told in tellings])
    found = list(waiting.select_related("round__point", "round__easy", "sayer").order_by("started_on", "pk"))
    ways = ways_to(told.sayer.person_id for told in found)
    going = [(told, _goes_to(told.sayer, ways)) for told in found]
    letters = [(told, to) for told, to in going if to is not None]
    if not letters:
        raise NoLetter("They do not want letters now. Find another way to tell them.")
    audit.record_each(
        by=by, operation="disclose", what="made a letter with an answer", basis="consent",
        about=[(told.sayer.person_id, told.round.point) for told, _ in letters],
    )  # fmt: skip
    return papers.letters([_letter(told, to) for told, to in letters], origin=scheme.origin)


def _goes_to(sayer: Sayer, ways: dict[uuid.UUID, Way]) -> str | None:
    """The address; empty for a slip, of whose holder staff keep it themselves, and None for who wants no letter."""
    if sayer.person_id is None:
        return ""
    way = ways.get(sayer.person_id)
    return way.to if way and way.contact.channel == Channel.LETTER else None


def _letter(told: Told, to: str) -> Letter:
    return Letter(
        to=to,
        reference=told.sayer.reference,
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

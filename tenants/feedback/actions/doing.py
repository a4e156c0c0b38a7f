"""What the scheme says it did."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

import audit
from kit import clock, outbox, working_days
from kit.dates import short_day
from people.actions import drop_promised_word, promise_word, send_promised_word
from people.models import Person, Word
from tenants.feedback import rules
from tenants.feedback.actions.locking import latest_round, locked_to_answer, move
from tenants.feedback.actions.publishing import announce
from tenants.feedback.errors import NothingSaid, NotYet
from tenants.feedback.models import Point, Progress, Round, Sayer
from tenants.feedback.rules import Kind, Stage

BAD_LINK = "Give the whole address of a page, beginning with https:// or http://"


class Evidence(TypedDict, total=False):
    """What shows that something was done: a day, words, and a public page."""

    shown_on: date | None
    evidence: str
    link: str


@transaction.atomic
def report_progress(*, point: Point, words: str, by: Person, **shows: Unpack[Evidence]) -> Progress:
    """Say what has been done so far about a promise."""
    point = locked_to_answer(point.pk)
    return _report(_promise(point), Progress.Kind.UPDATE, words, by, shows)


@transaction.atomic
def claim_done(*, point: Point, words: str, by: Person, **shows: Unpack[Evidence]) -> Progress:
    """Say that a promise is kept: a claim, until those who said it confirm. They are asked."""
    point = locked_to_answer(point.pk)
    round_ = _promise(point)
    if point.stage == Stage.DECIDED and round_.public_from is None:
        raise NotYet(_told_when(round_))
    progress = _report(round_, Progress.Kind.DONE, words, by, shows)
    move(point, Stage.CHANGED, due_on=None)
    outbox.put("feedback.done", key=round_.pk)
    return progress


def _told_when(round_: Round) -> str:
    """What has to be waited for: where that is the post alone, nobody finds a task on the list."""
    waiting = list(round_.tellings.to_come().values_list("posted_on", flat=True))
    posted = [day for day in waiting if day]
    if posted and len(posted) == len(waiting):
        by = working_days.add(max(posted), rules.LETTER_TAKES)
        return f"A letter is in the post. It counts as told on {short_day(by)}. Then say that it is done."
    return "Those who said this must be told the answer first. Look at the list of people to tell."


def once_for_each(sayers: Iterable[Sayer]) -> list[Sayer]:
    """One of the sayers for each person: who said the same twice gets one message."""
    return list({sayer.person_id or sayer.pk: sayer for sayer in reversed(list(sayers))}.values())


@transaction.atomic
def send_question(*, sayer_id: uuid.UUID, word_id: uuid.UUID | None) -> None:
    """Write to one person that there is something new for them, with no words about what it is, when that is safe."""
    sayer = Sayer.objects.select_related("point").get(pk=sayer_id)
    if sayer.kind == Kind.GONE or sayer.point.passed_on_at:
        # They took it back, or somebody else sees to it: there is nothing to read on their page.
        if word_id:
            drop_promised_word(word_id=word_id, link=sayer.pk)
        return
    if word_id is None:
        promise_question(sayer, key=str(uuid.uuid4()))
        return
    word = send_promised_word(word_id=word_id)
    if word and word.sent_at is None:
        _ask_when_due(sayer, word, key=str(uuid.uuid4()))


def promise_question(sayer: Sayer, *, key: str) -> None:
    """Promise one person a wordless message that something is there for them."""
    word = promise_word(person_id=sayer.person_id) if sayer.person_id else None
    if word:
        _ask_when_due(sayer, word, key=key)


def _ask_when_due(sayer: Sayer, word: Word, *, key: str) -> None:
    outbox.put("feedback.ask", key=key, due=word.due_at, sayer=sayer.pk, word=word.pk)


def _promise(point: Point) -> Round:
    round_ = latest_round(point)
    if round_ is None or point.is_open:
        raise NotYet("Decide about this point first.")
    if not round_.is_promise:
        raise NotYet("Nothing was promised here, so there is nothing to report. Decide again if that has changed.")
    if point.stage in (Stage.CHANGED, Stage.CONFIRMED):
        raise NotYet("You have said that this is done. Those who said it are being asked whether it changed.")
    return round_


def _report(round_: Round, kind: Progress.Kind, words: str, by: Person, shows: Evidence) -> Progress:
    words = words.strip()
    if not words:
        raise NothingSaid("Write what has been done.", field="words")
    shown_on, link = shows.get("shown_on"), shows.get("link", "").strip()
    if shown_on and shown_on > clock.today():
        raise NotYet("Give a day that has come.", field="shown_on")
    _check_link(link)
    progress = Progress.objects.create(
        round=round_, kind=kind, words=words, by_id=by.pk,
        shown_on=shown_on, evidence=shows.get("evidence", "").strip(), link=link,
    )  # fmt: skip
    announce(round_.point)
    audit.record(by=by, operation="change", what="reported progress on a point", thing=round_.point)
    return progress


def _check_link(link: str) -> None:
    """Only an ordinary page: nothing that runs, and no name or password in the address."""
    if not link:
        return
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError as error:
        raise NothingSaid(BAD_LINK, field="link") from error
    if "@" in urlsplit(link).netloc:
        raise NothingSaid(BAD_LINK, field="link")

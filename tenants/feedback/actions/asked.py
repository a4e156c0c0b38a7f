"""Those who said it are asked once whether it changed, and can answer without signing in (ADR 0054)."""

import uuid
from datetime import datetime, time, timedelta

from django.db import transaction

import audit
from kit import clock, codes, outbox, scope
from kit.channels import Outcome
from people.actions import OpenLink, notice, promise_word, read_notice, send_promised_word
from people.models import Person, Word
from tenants.feedback import rules
from tenants.feedback.actions.confirming import PASSED_ON, claimed_round, note_answer
from tenants.feedback.actions.locking import locked
from tenants.feedback.actions.telling import drop_words, ways_of
from tenants.feedback.errors import NotTheirs, NotYet, TellingEnded
from tenants.feedback.models import Asked, Confirmation, Round, Sayer
from tenants.feedback.rules import BY_HAND, MESSAGES, NOBODY_CARRIES, Answer, Channel, Kind, TellingState
from tenants.schemes.models import Scheme

CAME_BACK = "The message that asks whether it changed did not arrive. Find another way to ask them."
# How staff say that somebody was asked by them.
ASKED_BY_STAFF = (TellingState.DELIVERED, TellingState.POSTED)
KIND = "did_it_change"


@transaction.atomic
def ask_whether_it_changed(*, round_id: uuid.UUID) -> None:
    """Ask everybody whom this round answers, each by their own way; whoever was asked already is not asked again."""
    round_ = Round.objects.select_related("point").get(pk=round_id)
    locked(round_.point_id)
    scheme = Scheme.objects.get(schema_name=scope.current())
    before = Asked.objects.filter(round=round_)
    sayers = Sayer.objects.answered_by(round_.point).exclude(pk__in=before.values("sayer"))
    for sayer, channel, through in ways_of(sayers):
        if sayer.person_id:
            path = f"/mine/{sayer.point_id}/"
            notice(person_id=sayer.person_id, kind=KIND, key=str(round_.pk), path=path, scheme=scheme)
        _ask(round_, sayer, channel, through, scheme)


def ask_of_another(asked: Asked, *, person_id: uuid.UUID) -> None:
    """Whoever is not asked by this, since they took back what it asks about, is asked of what else they said.

    As `tell_of_another`: of the things of one person one alone is asked about by a message.
    """
    others = Asked.objects.to_answer().filter(round=asked.round, sayer__person_id=person_id)
    waiting = others.filter(state=TellingState.WAITING).exclude(pk=asked.pk)
    for sayer, channel, through in ways_of(Sayer.objects.filter(askings__in=waiting)):
        if channel in NOBODY_CARRIES:
            continue
        other = waiting.get(sayer=sayer)
        other.channel, other.through, other.state, other.ended_at = channel, through, TellingState.PENDING, None
        _carry(other, Scheme.objects.get(schema_name=scope.current()))
        if asked.state == TellingState.FAILED:
            _end(other, TellingState.FAILED, note=asked.task_note)
        return


@transaction.atomic
def send_asking(*, asked_id: uuid.UUID) -> Asked:
    """Send one question, when that is safe; one that is refused is a task, and without a way it waits on their page."""
    asked = _locked(asked_id)
    if asked.state != TellingState.PENDING or asked.channel not in MESSAGES or asked.word_id is None:
        return asked
    if not Asked.objects.to_answer().filter(pk=asked.pk).exists():
        # Something new was decided, it was passed on, or they have answered already: there is nothing to write for.
        drop_words(Asked.objects.filter(pk=asked.pk))
        return _end(asked, TellingState.WAITING)
    word = send_promised_word(word_id=asked.word_id)
    if word is None:
        return _end(asked, TellingState.WAITING)
    if word.sent_at is None:
        return _wait_for(asked, word)
    if word.outcome == Outcome.FAILED:
        return _end(asked, TellingState.FAILED, note=CAME_BACK)
    return _end(asked, TellingState.SENT)


@transaction.atomic
def fail_asking(*, asked: Asked, note: str) -> Asked:
    """Give up on a message that did not go out, and leave a task for somebody."""
    asked = _locked(asked.pk)
    if asked.state != TellingState.PENDING:
        return asked
    drop_words(Asked.objects.filter(pk=asked.pk))
    audit.record(
        by=None, operation="change", what="gave up on asking somebody whether it changed",
        subject=asked.sayer.person_id, thing=asked.round.point,
    )  # fmt: skip
    return _end(asked, TellingState.FAILED, note=note)


@transaction.atomic
def settle_asking(*, asked: Asked, outcome: Outcome) -> Asked:
    """What the carrier said of a question that it took."""
    asked = _locked(asked.pk)
    if asked.state != TellingState.SENT or outcome == Outcome.ACCEPTED:
        return asked
    if outcome == Outcome.FAILED:
        return _end(asked, TellingState.FAILED, note=CAME_BACK)
    return _end(asked, TellingState.DELIVERED)


@transaction.atomic
def end_asking(*, asked: Asked, how: TellingState, by: Person) -> Asked:
    """Staff asked them: in person or through whoever works with them, or by a letter."""
    asked = _locked(asked.pk)
    if asked.state not in (TellingState.PENDING, TellingState.FAILED) or how not in ASKED_BY_STAFF:
        raise TellingEnded("They have already been asked.")
    audit.record(
        by=by, operation="disclose", what="asked somebody whether it changed", subject=asked.sayer.person_id,
        thing=asked.round.point, basis="consent",
    )  # fmt: skip
    return _end(asked, how)


@transaction.atomic
def answer_asked(*, asked: Asked, answer: Answer, words: str = "") -> Confirmation:
    """Answer with the link or the code that asks one of those who said it about one round; nobody is signed in."""
    point = locked(asked.sayer.point_id)
    sayer = Sayer.objects.get(pk=asked.sayer_id)
    if point.passed_on_at:
        raise NotYet(PASSED_ON)
    if sayer.kind == Kind.GONE:
        raise NotTheirs("Only those who said this can say whether it changed.")
    round_ = claimed_round(point)
    if round_.pk != asked.round_id:
        raise NotYet("We have decided something new. Your answer would be about what was before.")
    given = note_answer(point, round_, sayer, answer, words, by=None)
    if sayer.person_id:
        read_notice(person_id=sayer.person_id, kind=KIND, key=str(round_.pk))
    return given


@transaction.atomic
def renew_code(*, asked: Asked, by: Person) -> Asked:
    """Let the code of a letter or of a worker work for the whole time from today; the code itself stays the same."""
    asked = give_the_whole_time(asked)
    audit.record(
        by=by, operation="change", what="let the code that asks whether it changed work longer",
        subject=asked.sayer.person_id, thing=asked.round.point,
    )  # fmt: skip
    return asked


def give_the_whole_time(asked: Asked) -> Asked:
    """Whoever gets the code today has as long as whoever got theirs at once; one that was taken away stays so."""
    asked = _locked(asked.pk)
    if asked.code:
        asked.until = _until_the_evening()
        asked.save(update_fields=["until"])
    return asked


def code_of(asked: Asked) -> str:
    """What stands in a letter, or is given to a worker; made anew each time it is shown, and kept nowhere."""
    return codes.code_for(asked.pk)


def _ask(round_: Round, sayer: Sayer, channel: Channel, through: str, scheme: Scheme) -> None:
    asked = Asked(round=round_, sayer=sayer, channel=channel, through=through)
    if channel in NOBODY_CARRIES:
        asked.state, asked.ended_at = TellingState.WAITING, clock.now()
    _carry(asked, scheme)


def _carry(asked: Asked, scheme: Scheme) -> None:
    """Promise the message that asks, or the code for a letter or a worker."""
    if asked.channel in BY_HAND:
        asked.code, asked.until = codes.fingerprint(code_of(asked)), _until_the_evening()
    asked.save()
    if asked.channel in MESSAGES and asked.sayer.person_id:
        link = OpenLink(scheme.pk, asked.pk, _until())
        word = promise_word(person_id=asked.sayer.person_id, link=link)
        if word is None:
            _end(asked, TellingState.WAITING)
        else:
            _wait_for(asked, word)


def _wait_for(asked: Asked, word: Word) -> Asked:
    asked.word_id, asked.channel = word.pk, Channel(word.channel)
    # A message that waits for a safe time is late only after that.
    asked.asked_on = word.due_at.astimezone(clock.LONDON).date()
    asked.save(update_fields=["word_id", "channel", "asked_on"])
    outbox.put("feedback.asked", key=uuid.uuid4(), due=word.due_at, asked=asked.pk)
    return asked


def _end(asked: Asked, state: TellingState, *, note: str = "") -> Asked:
    asked.state, asked.ended_at, asked.task_note = state, clock.now(), note
    asked.save(update_fields=["state", "ended_at", "task_note"])
    return asked


def _locked(asked_id: uuid.UUID) -> Asked:
    """A question as it stands now, with its point held."""
    locked(Asked.objects.values_list("round__point_id", flat=True).get(pk=asked_id))
    return Asked.objects.select_related("round__point", "sayer").get(pk=asked_id)


def _until() -> datetime:
    return clock.now() + timedelta(days=rules.QUESTION_OPEN)


def _until_the_evening() -> datetime:
    """The end of the last day, since that day stands in the letter."""
    return datetime.combine(rules.question_open_until(clock.today()), time.max, tzinfo=clock.LONDON)

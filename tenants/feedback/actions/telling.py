"""Those who said it are told first: how a telling begins, how it ends, and when the public may read the answer."""

import uuid
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction

import audit
from kit import clock, mail, outbox, scope, working_days
from people.actions import notice
from people.models import Person
from people.queries import safe_email, wants_words
from tenants.feedback import rules
from tenants.feedback.actions.locking import locked, move
from tenants.feedback.errors import TellingEnded
from tenants.feedback.models import Point, Round, Sayer, Told
from tenants.feedback.rules import Channel, Purpose, Stage, TellingState
from tenants.schemes.models import Scheme

FIND_ANOTHER_WAY = "The e-mail could not be delivered. Find another way to tell them."


def begin_tellings(point: Point, round_: Round) -> None:
    """One telling for each of those who said it. A page and a slip need nobody to carry them: they end at once."""
    sayers = Sayer.objects.answered_by(point)
    by_page = set(sayers.not_agreeing(Purpose.CONTACT).values_list("pk", flat=True))
    written_to: set[uuid.UUID | None] = set()
    for sayer in sayers.reachable():
        channel = Channel(sayer.channel)
        if channel == Channel.EMAIL and (sayer.pk in by_page or sayer.person_id in written_to):
            # Who said the same twice gets one message, and finds the answer at both on their page.
            channel = Channel.PAGE
        if channel == Channel.EMAIL:
            written_to.add(sayer.person_id)
        waits = channel in (Channel.PAGE, Channel.SLIP)
        Told.objects.create(
            round=round_,
            sayer=sayer,
            channel=channel,
            state=TellingState.WAITING if waits else TellingState.PENDING,
            ended_at=clock.now() if waits else None,
        )
    _when_all_have_ended(point, round_)


@transaction.atomic
def start_telling(*, round_id: uuid.UUID) -> None:
    """Send what must be sent about a decision, and put a wordless notice on the pages of those with an account."""
    round_ = Round.objects.select_related("point").get(pk=round_id)
    scheme = Scheme.objects.get(schema_name=scope.current())
    for told in round_.tellings.select_related("sayer"):
        if told.sayer.person_id:
            notice(
                person_id=told.sayer.person_id,
                kind="answer",
                key=str(round_.pk),
                path=f"/mine/{told.sayer.point_id}/",
                scheme=scheme,
            )
        if told.state == TellingState.PENDING and told.channel == Channel.EMAIL:
            outbox.put("feedback.tell", key=told.pk, told=told.pk)


@transaction.atomic
def send_telling(*, told_id: uuid.UUID, key: str) -> Told:
    """Send one message; without a safe address the answer waits on the person's page, and a refused one is a task."""
    told = _locked(told_id)
    if told.state != TellingState.PENDING or told.channel != Channel.EMAIL or told.sayer.person_id is None:
        return told
    address = safe_email(told.sayer.person_id)
    if address is None:
        return _end(told, TellingState.WAITING)
    try:
        mail.send(key=f"told:{key}", to=address, subject=mail.Subject.ANSWER, words=_message(told))
    except (mail.BadAddress, SMTPRecipientsRefused):
        return _end(told, TellingState.FAILED, note=FIND_ANOTHER_WAY)
    audit.record(
        by=None, operation="disclose", what="sent word of an answer", subject=told.sayer.person_id,
        thing=told.round.point, basis="consent",
    )  # fmt: skip
    return _end(told, TellingState.DELIVERED)


@transaction.atomic
def end_telling(*, told: Told, by: Person) -> Told:
    """Staff told them in another way, such as face to face."""
    told = _unfinished(told)
    audit.record(
        by=by, operation="disclose", what="told somebody an answer in person", subject=told.sayer.person_id,
        thing=told.round.point, basis="consent",
    )  # fmt: skip
    return _end(told, TellingState.DELIVERED)


@transaction.atomic
def post_letter(*, told: Told, by: Person) -> Told:
    """Staff put a letter in the post today; the telling ends when it must have arrived, two working days on."""
    told = _unfinished(told)
    if told.posted_on is not None and told.state == TellingState.PENDING:
        raise TellingEnded("This letter is already in the post.")
    told.channel, told.state, told.posted_on = Channel.LETTER, TellingState.PENDING, clock.today()
    told.ended_at, told.task_note = None, ""
    told.save(update_fields=["channel", "state", "posted_on", "ended_at", "task_note"])
    audit.record(
        by=by, operation="disclose", what="posted an answer", subject=told.sayer.person_id,
        thing=told.round.point, basis="consent",
    )  # fmt: skip
    return told


@transaction.atomic
def letter_arrived(*, told: Told) -> Told:
    """End the telling of a letter that has been in the post for two working days."""
    told = _locked(told.pk)
    if told.state != TellingState.PENDING or told.posted_on is None:
        return told
    _record_change(told, "took a posted answer as arrived")
    return _end(told, TellingState.POSTED)


@transaction.atomic
def retry_telling(*, told: Told, by: Person) -> Told:
    """Send a failed message again."""
    told = _unfinished(told)
    if told.state != TellingState.FAILED or told.sayer.person_id is None:
        raise TellingEnded("Only a message that failed can be sent again.")
    told.channel, told.state, told.started_on = Channel.EMAIL, TellingState.PENDING, clock.today()
    told.ended_at, told.task_note = None, ""
    told.save(update_fields=["channel", "state", "started_on", "ended_at", "task_note"])
    outbox.put("feedback.tell", key=uuid.uuid4(), told=told.pk)
    audit.record(by=by, operation="change", what="sent word of an answer again", thing=told.round.point)
    return told


@transaction.atomic
def fail_telling(*, told: Told, note: str) -> Told:
    """Give up on a message that did not go out, and leave a task for somebody."""
    told = _locked(told.pk)
    if told.state != TellingState.PENDING:
        return told
    _record_change(told, "gave up on word of an answer")
    return _end(told, TellingState.FAILED, note=note)


@transaction.atomic
def open_to_public(*, round_: Round) -> Round:
    """Let the public read an answer: when all tellings have ended, or 10 working days after it was decided."""
    point = locked(round_.point_id)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if _time_is_up(round_):
        _open(round_)
    _when_all_have_ended(point, round_)
    return round_


def _time_is_up(round_: Round) -> bool:
    return clock.today() >= working_days.add(round_.decided_on, rules.PUBLIC_AFTER)


def _when_all_have_ended(point: Point, round_: Round) -> None:
    if round_.tellings.pending().exists():
        return
    _open(round_)
    is_latest = not point.rounds.filter(number__gt=round_.number).exists()
    if point.stage == Stage.DECIDED and is_latest:
        move(point, Stage.TOLD, due_on=point.due_on)


def _open(round_: Round) -> None:
    if round_.public_from is None:
        round_.public_from = clock.now()
        round_.save(update_fields=["public_from"])


def _locked(told_id: uuid.UUID) -> Told:
    """A telling as it stands now, with its point held: the same order of locks as every other action."""
    locked(Told.objects.values_list("round__point_id", flat=True).get(pk=told_id))
    return Told.objects.select_related("round__point", "sayer").get(pk=told_id)


def _unfinished(told: Told) -> Told:
    told = _locked(told.pk)
    if told.state not in (TellingState.PENDING, TellingState.FAILED):
        raise TellingEnded("They have already been told.")
    return told


def _end(told: Told, state: TellingState, *, note: str = "") -> Told:
    told.state, told.ended_at, told.task_note = state, clock.now(), note
    told.save(update_fields=["state", "ended_at", "task_note"])
    _when_all_have_ended(told.round.point, told.round)
    return told


def _record_change(told: Told, what: str) -> None:
    """What the clock did about one of those who said it."""
    audit.record(by=None, operation="change", what=what, subject=told.sayer.person_id, thing=told.round.point)


def _message(told: Told) -> str:
    """The way to the answer; the words themselves only where the person ticked that."""
    words = ["There is an answer for you.", f"Read it here: {settings.PLATFORM_ORIGIN}/my/"]
    person = told.sayer.person_id
    # Ticked for this point, and not taken back since on their own page for everything.
    if told.sayer.words_in_message and (person is None or wants_words(person)):
        words[1:1] = [told.round.get_decision_display() + ".", told.round.answer, f"Why: {told.round.reason}"]
    return "\n\n".join(words) + "\n"

"""Those who said it are told first: how a telling begins, how it ends, and when the public may read the answer."""

import uuid
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

import audit
from kit import clock, outbox, scope, working_days
from kit.channels import Outcome
from people.actions import drop_promised_word, move_notice, notice, promise_word, send_promised_word
from people.models import Person, Word
from people.queries import way_to
from tenants.feedback import rules
from tenants.feedback.actions.locking import locked, move
from tenants.feedback.actions.needs import need_of
from tenants.feedback.actions.publishing import announce
from tenants.feedback.errors import TellingEnded
from tenants.feedback.models import Asked, Point, Round, Sayer, Told
from tenants.feedback.queries.easy import easy_read
from tenants.feedback.querysets.points import SayerQuerySet
from tenants.feedback.rules import MESSAGES, NOBODY_CARRIES, Channel, Form, Purpose, Stage, TellingState
from tenants.schemes.models import Scheme

FIND_ANOTHER_WAY = "The message could not be delivered. Find another way to tell them."


def begin_tellings(point: Point, round_: Round) -> None:
    """One telling for each of those who said it. A page and a slip need nobody to carry them: they end at once."""
    for sayer, channel, through in ways_of(Sayer.objects.answered_by(point)):
        need, waits = need_of(sayer), channel in NOBODY_CARRIES
        Told.objects.create(
            round=round_,
            sayer=sayer,
            channel=channel,
            through=through,
            form=need.form if need else Form.PLAIN,
            form_words=need.words if need else "",
            state=TellingState.WAITING if waits else TellingState.PENDING,
            ended_at=clock.now() if waits else None,
        )
    _when_all_have_ended(point, round_)


def replace_tellings(by: Round) -> None:
    """Whoever was not told of the rounds before is told of the newer one alone. A letter in the post cannot be held."""
    before = Told.objects.filter(round__point_id=by.point_id, round__number__lt=by.number)
    drop_words(before)
    before.not_told_yet().update(state=TellingState.REPLACED, ended_at=clock.now(), task_note="")


def drop_words(rows: QuerySet[Told] | QuerySet[Asked]) -> None:
    """What messages that have not gone yet were to say of these is over; what else they were to say still goes."""
    # Always in the same order, since each waits for whoever promises the same person something.
    for row in rows.filter(state=TellingState.PENDING).order_by("sayer__person_id", "pk"):
        if row.word_id:
            drop_promised_word(word_id=row.word_id, link=row.pk)


def tell_of_another(told: Told, *, person_id: uuid.UUID) -> None:
    """Whoever is not told of what they said by one telling, since that was taken back, is told of what else they said.

    Of the things of one person that are answered together one alone is told by a message (`ways_of`): another takes
    its place. A letter in the post tells them of all.
    """
    if told.round.is_replaced or told.posted_on:
        return
    others = told.round.tellings.filter(sayer__person_id=person_id, sayer__point__passed_on_at=None)
    waiting = others.filter(state=TellingState.WAITING).exclude(pk=told.pk)
    for sayer, channel, through in ways_of(Sayer.objects.filter(tellings__in=waiting)):
        if channel in NOBODY_CARRIES:
            continue
        other = waiting.get(sayer=sayer)
        other.channel, other.through, other.state, other.ended_at = channel, through, TellingState.PENDING, None
        other.save(update_fields=["channel", "through", "state", "ended_at"])
        if told.state == TellingState.FAILED:
            _end(other, TellingState.FAILED, note=told.task_note)
        elif channel in MESSAGES:
            _promise(other, key=uuid.uuid4())
        return


def lead_to_another(point: Point, *, person_id: uuid.UUID) -> bool:
    """Let what waits for somebody about a point lead to what else of theirs is answered with it; whether there is any.

    All that is answered together is one notice, which leads to the page of one of them.
    """
    others = Sayer.objects.answered_by(point.carrier).filter(person_id=person_id).exclude(point=point)
    other = others.order_by("agreed_at", "pk").first()
    if other:
        for round_ in point.carrier.rounds.all():
            for kind in ("answer", "did_it_change"):
                move_notice(person_id=person_id, kind=kind, key=str(round_.pk), path=f"/mine/{other.point_id}/")
    return other is not None


def ways_of(sayers: SayerQuerySet) -> Iterator[tuple[Sayer, Channel, str]]:
    """Each of those who said it, by which way they are told, and through whom.

    Who said the same twice is written to once, and finds it at both on their page.
    """
    written_to: set[uuid.UUID] = set()
    by_page = set(sayers.not_agreeing(Purpose.CONTACT).values_list("pk", flat=True))
    # Always in the same order, since each waits for whoever promises the same person something.
    for sayer in sayers.reachable().order_by("person_id", "agreed_at", "pk"):
        channel, through = _way_of(sayer, may_write=sayer.pk not in by_page)
        if sayer.person_id and channel not in NOBODY_CARRIES:
            if sayer.person_id in written_to:
                channel, through = Channel.PAGE, ""
            written_to.add(sayer.person_id)
        yield sayer, channel, through


def _way_of(sayer: Sayer, *, may_write: bool) -> tuple[Channel, str]:
    """By which way somebody is told, and through whom: for who has an account, the way that is theirs today."""
    channel = Channel(sayer.channel)
    if sayer.person_id is None or channel in NOBODY_CARRIES:
        return channel, sayer.worker
    way = way_to(sayer.person_id) if may_write else None
    if way is None:
        return Channel.PAGE, ""
    return Channel(way.contact.channel), way.contact.worker


@transaction.atomic
def start_telling(*, round_id: uuid.UUID) -> None:
    """Promise the messages about a decision, and put a wordless notice on the pages of those with an account."""
    round_ = Round.objects.select_related("point").get(pk=round_id)
    if round_.is_replaced:
        return
    scheme = Scheme.objects.get(schema_name=scope.current())
    # Always in the same order, since each waits for whoever promises the same person something.
    for told in round_.tellings.select_related("sayer").order_by("sayer__person_id"):
        if told.sayer.person_id:
            notice(
                person_id=told.sayer.person_id,
                kind="answer",
                key=str(round_.pk),
                path=f"/mine/{told.sayer.point_id}/",
                scheme=scheme,
            )
        if told.state == TellingState.PENDING and told.channel in MESSAGES and told.word_id is None:
            _promise(told, key=told.pk)


@transaction.atomic
def send_telling(*, told_id: uuid.UUID) -> Told:
    """Send one message, when it is safe; without a safe way the answer waits on the person's page.

    One that is refused is a task. A message of the same day that already went stands for this answer too.
    """
    told = _locked(told_id)
    if told.state != TellingState.PENDING or told.channel not in MESSAGES or told.sayer.person_id is None:
        return told
    if told.word_id is None:
        return _promise(told, key=uuid.uuid4())
    word = send_promised_word(word_id=told.word_id, words=_answer(told))
    if word is None:
        return _end(told, TellingState.WAITING)
    if word.sent_at is None:
        return _wait_for(told, word, key=uuid.uuid4())
    if word.outcome == Outcome.FAILED:
        return _end(told, TellingState.FAILED, note=FIND_ANOTHER_WAY)
    audit.record(
        by=None, operation="disclose", what="sent word of an answer", subject=told.sayer.person_id,
        thing=told.round.point, basis="consent",
    )  # fmt: skip
    return _end(told, TellingState.SENT)


@transaction.atomic
def settle_telling(*, told: Told, outcome: Outcome) -> Told:
    """What the carrier said of a message that it took: it arrived, or it came back, which is a task for somebody."""
    told = _locked(told.pk)
    if told.state != TellingState.SENT:
        return told
    if outcome == Outcome.FAILED:
        _record_change(told, "learned that word of an answer came back")
        return _end(told, TellingState.FAILED, note=FIND_ANOTHER_WAY)
    return _end(told, TellingState.DELIVERED) if outcome == Outcome.DELIVERED else told


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
    if told.form == Form.EASY and hasattr(told.round, "easy"):
        # The letter that we make is in Easy Read then: nobody has to give it to them once more.
        told.met_on = told.met_on or clock.today()
    told.save(update_fields=["channel", "state", "posted_on", "ended_at", "task_note", "met_on"])
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
    told.state, told.ended_at, told.task_note, told.word_id = TellingState.PENDING, None, "", None
    told.save(update_fields=["state", "ended_at", "task_note", "word_id"])
    if _promise(told, key=uuid.uuid4()).word_id is None:
        raise TellingEnded("They want no messages now. Find another way to tell them.")
    audit.record(by=by, operation="change", what="sent word of an answer again", thing=told.round.point)
    return told


@transaction.atomic
def fail_telling(*, told: Told, note: str) -> Told:
    """Give up on a message that did not go out, and leave a task for somebody."""
    told = _locked(told.pk)
    if told.state != TellingState.PENDING:
        return told
    drop_words(Told.objects.filter(pk=told.pk))
    _record_change(told, "gave up on word of an answer")
    return _end(told, TellingState.FAILED, note=note)


@transaction.atomic
def open_to_public(*, round_: Round) -> Round:
    """Let the public read an answer: when all tellings have ended, or 10 working days after it was decided."""
    point = locked(round_.point_id)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if _time_is_up(round_) and not round_.is_replaced:
        _open(round_)
    _when_all_have_ended(point, round_)
    return round_


def _time_is_up(round_: Round) -> bool:
    return clock.today() >= working_days.add(round_.decided_on, rules.PUBLIC_AFTER)


def _when_all_have_ended(point: Point, round_: Round) -> None:
    # What was replaced may be just what the public must not read.
    if round_.is_replaced or round_.tellings.to_come().exists():
        return
    _open(round_)
    if point.stage == Stage.DECIDED:
        move(point, Stage.TOLD, due_on=point.due_on)


def _open(round_: Round) -> None:
    if round_.public_from is None:
        round_.public_from = clock.now()
        round_.save(update_fields=["public_from"])
        announce(round_.point)


def _locked(told_id: uuid.UUID) -> Told:
    """A telling as it stands now, with its point held: the same order of locks as every other action."""
    locked(Told.objects.values_list("round__point_id", flat=True).get(pk=told_id))
    return Told.objects.select_related("round__point", "sayer").get(pk=told_id)


def _unfinished(told: Told) -> Told:
    told = _locked(told.pk)
    if told.state == TellingState.REPLACED:
        raise TellingEnded("A newer answer replaced this one. Tell them the newer one.")
    if told.state not in (TellingState.PENDING, TellingState.FAILED):
        raise TellingEnded("They have already been told.")
    return told


def _end(told: Told, state: TellingState, *, note: str = "") -> Told:
    if state == TellingState.FAILED and told.round.is_replaced:
        # Nobody has to find another way to tell what no longer stands.
        state, note = TellingState.REPLACED, ""
    told.state, told.ended_at, told.task_note = state, clock.now(), note
    told.save(update_fields=["state", "ended_at", "task_note"])
    _when_all_have_ended(told.round.point, told.round)
    if told.round.public_from is not None:
        # The line that the public reads says when those who said it were told.
        announce(told.round.point)
    return told


def _record_change(told: Told, what: str) -> None:
    """What the clock did about one of those who said it."""
    audit.record(by=None, operation="change", what=what, subject=told.sayer.person_id, thing=told.round.point)


def _promise(told: Told, *, key: uuid.UUID) -> Told:
    """A message for this answer, or the one that waits for this person already."""
    word = promise_word(person_id=told.sayer.person_id) if told.sayer.person_id else None
    if word is None:
        return _end(told, TellingState.WAITING)
    told.word_id, told.channel = word.pk, Channel(word.channel)
    return _wait_for(told, word, key=key)


def _wait_for(told: Told, word: Word, *, key: uuid.UUID) -> Told:
    told.started_on = word.due_at.astimezone(clock.LONDON).date()
    told.save(update_fields=["word_id", "channel", "started_on"])
    outbox.put("feedback.tell", key=key, due=word.due_at, told=told.pk)
    return told


def _answer(told: Told) -> str:
    """The words themselves, only where the person ticked that for this point; their own page has the last word."""
    if not told.sayer.words_in_message:
        return ""
    easy = easy_read(told.sayer.point, told.round) if told.form == Form.EASY else []
    if easy:
        return "\n\n".join(idea.words for idea in easy)
    return "\n\n".join([f"{told.round.get_decision_display()}.", told.round.answer, f"Why: {told.round.reason}"])

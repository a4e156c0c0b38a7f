"""A record is received, once for each instance id, whatever the line or the phone does (rules 6 and 7)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

import audit
from kit import clock
from peer_monitoring import queries, records
from peer_monitoring.actions.photos import keep_only_named, name_photos
from peer_monitoring.actions.said_off import end_to_choose, promise_news_to_leads, promise_to_choose
from peer_monitoring.actions.team_news import end_news, end_said_off
from peer_monitoring.actions.where_raised import promise_where
from peer_monitoring.errors import NotARecord, TooLate
from peer_monitoring.models import Attachment, Received, Record, Seat, Visit
from peer_monitoring.querysets import RecordQuerySet
from peer_monitoring.records import Sent
from questions.answering import how_many, read_answers
from questions.models import QuestionSetVersion

NOT_TAKEN = "This record cannot be taken from you. Ask whoever leads your group."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server holds of a record; a phone keeps its copy until this names everything."""

    instance_id: UUID
    sha256: str
    answers: int
    is_conflict: bool
    held: tuple[UUID, ...] = ()
    missing: tuple[UUID, ...] = ()


@transaction.atomic
def receive(*, body: bytes, by: UUID) -> Receipt:
    """Keep a record that somebody on the team sends: the same bytes are the same record, however often they come."""
    sent, digest = records.read(body), records.sha256(body)
    visit, seat = seat_of(sent.visit_id, by)
    record = Record.objects.filter(pk=sent.instance_id).first()
    if record is not None and (record.person_id != by or record.visit_id != visit.pk):
        raise NotARecord(NOT_TAKEN)
    if record is not None and Received.objects.of(record.pk).filter(sha256=digest).exists():
        return receipt_of(record, digest)
    version = _asked(sent, visit)
    if is_new := record is None:
        record = _begun(sent, visit, seat, version)
    elif record.state != Record.State.REPLACED or _says_more(record, sent):
        # Other bytes under the same id: both stay, and the team chooses. So it is too where it was replaced already,
        # and its draft was finished once more on another phone; unless that says what came before.
        record.state = Record.State.CONFLICT
        record.save(update_fields=["state"])
    Received.objects.create(record=record, person_id=by, sha256=digest, body=body)
    promise_news_to_leads(record, sent, visit, is_new=is_new)
    name_photos(record, sent, visit)
    _mark_what_counts_twice(record)
    promise_to_choose(record)
    end_to_choose(visit)
    audit.record(by=by, operation="change", what="sent a record of a visit", thing=visit)
    _log(visit, record)
    if record.supersedes_id:
        _end_said_off(visit)
    return receipt_of(record, digest)


@transaction.atomic
def choose(*, record: Record, received: Received, by: UUID) -> Record:
    """Of two that differ this one counts; the other stays with it, or beside it where it has a name of its own.

    The visit is held first, as by all that sends to it or tells of it.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=record.visit_id)
    held = Record.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if held.state != Record.State.CONFLICT:
        raise TooLate("There is nothing to choose between any more.")
    sent = records.read(bytes(received.body))
    held.version = _asked(sent, visit)
    _read(held, sent, held.version)
    keep_only_named(held, sent)
    held.state = Record.State.COUNTS
    held.chosen_by_id, held.chosen_at, held.chosen_came_at = by, clock.now(), received.received_at
    held.save()
    if held.person_id is not None:
        _beside(held).filter(state=Record.State.CONFLICT).update(state=Record.State.REPLACED)
    _end_said_off(visit)
    end_to_choose(visit)
    audit.record(by=by, operation="change", what="chose between two records of a visit", thing=visit)
    return held


@transaction.atomic
def say_logged(*, visit: Visit, by: UUID) -> Visit:
    """The lead waits for no further record; a scheme sees a visit that was held back from now on.

    There is one at least, or it was noted that the team was not let in.
    """
    held = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if queries.can_be_logged(held):
        held.logged_at = clock.now()
        held.began_at = held.began_at or held.logged_at
        held.save(update_fields=["began_at", "logged_at"])
        end_news(held)
        promise_where(held)
        audit.record(by=by, operation="change", what="said that a visit is logged", thing=held)
    return held


def _asked(sent: Sent, visit: Visit) -> QuestionSetVersion:
    """The questions that it answers: what a phone holds may be what the visit asked before its lead chose others."""
    version = QuestionSetVersion.objects.for_group(visit.group).filter(pk=sent.version_id).first()
    if version is None:
        raise NotARecord(records.NO_RECORD)
    return version


def _begun(sent: Sent, visit: Visit, seat: Seat, version: QuestionSetVersion) -> Record:
    supersedes = _superseded(sent, visit, seat)
    record = Record(
        id=sent.instance_id, visit=visit, person_id=seat.person_id, version=version, supersedes=supersedes,
        supersedes_unknown=sent.supersedes_id is not None and supersedes is None,
        sent_after_leaving=seat.left_at is not None, began_at=sent.began_at, finished_at=sent.finished_at,
    )  # fmt: skip
    _read(record, sent, version)
    record.save(force_insert=True)
    return record


def _says_more(record: Record, sent: Sent) -> bool:
    """Whether nothing that came under this name before says the same."""
    came = Received.objects.of(record.pk).values_list("body", flat=True).iterator(chunk_size=1)
    return all(records.read(bytes(body)).says != sent.says for body in came)


def _superseded(sent: Sent, visit: Visit, seat: Seat) -> Record | None:
    """What an edit replaces: a record of the same person on the same visit, which stays and counts no more.

    One that is not here was lost with a backup that was older: the edit is then a record of its own.
    """
    old = Record.objects.filter(pk=sent.supersedes_id).first() if sent.supersedes_id else None
    if old is None:
        return None
    if (old.visit_id, old.person_id) != (visit.pk, seat.person_id):
        raise NotARecord(NOT_TAKEN)
    old.state = Record.State.REPLACED
    old.save(update_fields=["state"])
    return old


def _mark_what_counts_twice(record: Record) -> None:
    """Of what one person sent of a visit one record counts: where two do, none replacing the other, the team chooses.

    So it is when two phones changed the same record, or one phone and the pages.
    """
    if record.state != Record.State.REPLACED and _beside(record).counting().exists():
        _beside(record).counting().update(state=Record.State.CONFLICT)
        record.state = Record.State.CONFLICT
        record.save(update_fields=["state"])


def _beside(record: Record) -> RecordQuerySet:
    """What the same person sent besides of the same visit."""
    assert record.person_id is not None
    return Record.objects.on(record.visit).of_person(record.person_id).exclude(pk=record.pk)


def _read(record: Record, sent: Sent, version: QuestionSetVersion) -> None:
    day = (sent.finished_at or clock.now()).astimezone(clock.LONDON).date()
    reading = read_answers(version.compiled, sent.answers, today=day)
    record.answers = reading.answers
    record.problems = reading.problems | {place.key: "This was not answered." for place in reading.missing()}
    record.unfinished = sent.stopped.kind if sent.stopped else ""
    record.unfinished_why = sent.stopped.why if sent.stopped else ""


def _log(visit: Visit, record: Record) -> None:
    """What comes begins the visit, and it is logged once everybody on the team has finished; not before its day.

    What says that the visit was called off begins none: its lead can still call it off, or move it. What is not
    finished logs none: a scheme would see a visit that was held back, and a team that waits at the door may yet go in.
    Whatever comes of one that was called off is kept, and neither begins nor logs it.
    """
    if visit.day > clock.today() or visit.cancelled_at or record.unfinished == Record.Unfinished.CALLED_OFF:
        return
    now = clock.now()
    visit.began_at = visit.began_at or now
    if visit.logged_at is None and not record.unfinished and _all_have_finished(visit):
        visit.logged_at = now
        end_news(visit)
        promise_where(visit)
    visit.save(update_fields=["began_at", "logged_at"])


def _end_said_off(visit: Visit) -> None:
    """Where nothing that counts says any more that the visit was called off, no lead has to call it off."""
    if not Record.objects.on(visit).counting().filter(unfinished=Record.Unfinished.CALLED_OFF).exists():
        end_said_off(visit)


def _all_have_finished(visit: Visit) -> bool:
    """Whether everybody on the team sent something finished since its day came: it may have been moved."""
    going = set(Seat.objects.on(visit).values_list("person_id", flat=True))
    finished = Record.objects.on(visit).counting().finished().values_list("person_id", "received_at")
    return going <= {who for who, at in finished if at.astimezone(clock.LONDON).date() >= visit.day}


def seat_of(visit_id: UUID, by: UUID) -> tuple[Visit, Seat]:
    """The visit, held, and the seat of whoever sends: also one that was given up since, for they were there."""
    visit = Visit.objects.select_for_update(of=("self",)).filter(pk=visit_id, ready_at__isnull=False).first()
    seat = Seat.objects.filter(visit=visit, person_id=by).first() if visit else None
    if visit is None or seat is None:
        raise NotARecord(NOT_TAKEN)
    return visit, seat


def receipt_of(record: Record, digest: str) -> Receipt:
    """What we hold of a record, with its photos: one that two under the same id name differently is held as both."""
    count = how_many(record.answers)
    photos = dict[UUID, bool]()
    for photo_id, came in Attachment.objects.of(record).values_list("photo_id_on_phone", "photo_id"):
        photos[photo_id] = photos.get(photo_id, True) and came is not None
    held, missing = (tuple(one for one, is_here in photos.items() if is_here == wanted) for wanted in (True, False))
    return Receipt(record.pk, digest, count, record.state == Record.State.CONFLICT, held, missing)

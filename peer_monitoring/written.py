"""What was received of a visit: whose it is, which records count, and every answer beside the others'."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from kit import clock
from kit.dates import moment
from peer_monitoring import records
from peer_monitoring.comparing import Row, Written, rows_of
from peer_monitoring.models import Attachment, Picture, Received, Record, Visit
from peer_monitoring.models.records import why_stopped
from peer_monitoring.queries import finished_later, seats_on
from peer_monitoring.querysets import RecordQuerySet
from people.queries import names
from questions.answering import Reading, read_answers

A_DAY = timedelta(days=1)
Photos = Mapping[UUID, Sequence[Attachment]]
"""The photos that each record names."""


@dataclass(frozen=True, slots=True)
class Side:
    """What was sent once under an instance id, and whether it is what counts; nothing while nobody has chosen."""

    received: Received
    counts: bool | None


@dataclass(frozen=True, slots=True)
class Writer:
    """A record with the name of who wrote it, and the photos that it names, also those that have not come."""

    name: str
    record: Record
    photos: Sequence[Attachment] = ()

    @property
    def whose(self) -> UUID:
        """One for each person; of who was erased nobody can tell which others are theirs."""
        return self.record.person_id or self.record.pk

    @property
    def missing(self) -> int:
        """How many of its photos have not come."""
        return sum(one.photo_id is None for one in self.photos)

    @property
    def finished_elsewhen(self) -> datetime | None:
        """When it was finished by the clock of a phone, where that is more than a day from when it came."""
        finished = self.record.finished_at
        return finished if finished and abs(self.record.received_at - finished) > A_DAY else None

    @property
    def stopped(self) -> str:
        """Why they sent it unfinished, with their own words; nothing where they finished it."""
        return self.record.stopped

    @property
    def counts(self) -> bool | None:
        """Whether it counts; nothing while two that differ came under its name and nobody has chosen."""
        return {Record.State.COUNTS: True, Record.State.REPLACED: False}.get(Record.State(self.record.state))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A record that counts no more; since when it is finished by a later one, where it was not."""

    writer: Writer
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that somebody chose of several of one person, with the name of who did."""

    writer: Writer
    by: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Records of a visit: who wrote them, each question with every answer, and who has sent nothing yet.

    `other_photos` belong to none of these questions.
    """

    writers: list[Writer]
    rows: list[Row]
    waited_for: list[str]
    other_photos: list[tuple[Writer, Attachment]]

    @property
    def differ(self) -> int:
        """At how many questions not everybody said the same."""
        return sum(self.people_differ(row) for row in self.rows)

    def people_differ(self, row: Row) -> bool:
        """Whether two people said something else there: what came twice from one of them is told apart elsewhere."""
        said: dict[str, set[UUID]] = defaultdict(set)
        for writer, one in zip(self.writers, row.said, strict=True):
            if one.value:
                said[one.value].add(writer.whose)
        return row.differ and len(set().union(*said.values())) > 1

    def headings(self, conflicts: Sequence["Conflict"]) -> list[str]:
        """Whose each answer is, and where one is to be chosen, which one of them it is and when it came."""
        which = {record_id: words for conflict in conflicts for record_id, words in conflict.first_of_each.items()}
        return [f"{one.name}, {which[one.record.pk]}" if one.record.pk in which else one.name for one in self.writers]


@dataclass(frozen=True, slots=True)
class Offered:
    """One of several that can be chosen, which it is, and why it is not finished; nothing where it is."""

    received: Received
    stopped: str
    number: int

    @property
    def which(self) -> str:
        """What tells it from the others, also where they came in the same minute."""
        return f"record {self.number}, came on {moment(self.received.received_at)}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more that came from one person, and the questions to which they do not say the same."""

    writer: Writer
    sides: list[Offered]
    rows: list[Row]

    @property
    def first_of_each(self) -> dict[UUID, str]:
        """Of each record the side that stands beside what others wrote, until one is chosen."""
        return {one.received.record_id: one.which for one in reversed(self.sides)}

    @property
    def one_is_not_finished(self) -> bool:
        """Whether it is to be said of each if it is finished."""
        return any(one.stopped for one in self.sides)


def record_of(visit: Visit, record_id: UUID) -> Record:
    """One record of a visit; any other is not found."""
    return get_object_or_404(Record.objects.on(visit).select_related("visit", "version"), pk=record_id)


def received_of(record: Record, received_id: UUID) -> Received:
    """One of several that were sent under the same id; any other is not found."""
    return get_object_or_404(Received.objects.of(record.pk), pk=received_id)


def side_by_side(visit: Visit) -> SideBySide:
    """What everybody on the team wrote and counts, in as many statements for many answers as for one.

    No body of what was sent is read: it can be 2 MB, and says no more than what was read of it.
    """
    return _beside(visit, Record.objects.on(visit).counting())


def everything(visit: Visit) -> SideBySide:
    """The same with what was replaced, and with every byte as it was sent: for files."""
    return _beside(visit, Record.objects.on(visit).prefetch_related("received"))


def replaced(visit: Visit) -> list[Replaced]:
    """What counts no more, since its writer sent a later one; not what nobody chose."""
    found = {one.pk: one for one in Record.objects.on(visit).defer("answers", "problems").select_related("version")}
    later = finished_later(found)
    changed = {one.supersedes_id for one in found.values()}
    gone = _writers(
        [one for one in found.values() if one.state == Record.State.REPLACED and one.pk in changed], defaultdict(list)
    )
    return [Replaced(one, later.get(one.record.pk)) for one in gone]


def chosen(found: SideBySide) -> list[Chosen]:
    """What counts because somebody chose it."""
    picked = [one for one in found.writers if one.counts and one.record.chosen_at]
    known = names(one.record.chosen_by_id for one in picked)
    return [
        Chosen(one, known.get(one.record.chosen_by_id, "Somebody") if one.record.chosen_by_id else "Somebody")
        for one in picked
    ]


def to_choose(found: Sequence["Conflict"], received_id: str) -> tuple[Writer, Offered] | None:
    """One of those between which somebody has to choose; nothing where it is none of them, or not any more."""
    sides = ((one.writer, side) for one in found for side in one.sides)
    return next((one for one in sides if str(one[1].received.pk) == received_id), None)


def conflicts(found: SideBySide) -> list[Conflict]:
    """Of each person of whom a record is to be chosen, all that came; of who was erased, what came under one name."""
    to_choose = [one for one in found.writers if one.counts is None]
    prefetch_related_objects([one.record for one in to_choose], "received")
    of_each: dict[UUID, list[Writer]] = defaultdict(list)
    for one in to_choose:
        of_each[one.whose].append(one)
    return [_conflict(some) for some in of_each.values()]


def sides(writer: Writer) -> list[Side]:
    """All that came under the name of a record, the first one first, and which of them counts."""
    came = list(writer.record.received.all())
    if len(came) == 1 or not writer.counts:
        return [Side(one, writer.counts) for one in came]
    chosen = next((one for one in came if _is_kept(writer.record, one)), None)
    return [Side(one, None if chosen is None else one is chosen) for one in came]


def picture_of(visit: Visit, attachment_id: UUID) -> bytes:
    """A photo that a record of a visit names, as it was drawn anew; any other is not found."""
    attachment = get_object_or_404(Attachment.objects.on(visit), pk=attachment_id)
    return bytes(get_object_or_404(Picture, pk=attachment.photo_id, body__isnull=False).body or b"")


def _beside(visit: Visit, found: RecordQuerySet) -> SideBySide:
    photos = _photos_on(visit)
    team = seats_on(visit)
    place = {one.seat.person_id: number for number, one in enumerate(team)}
    # Each stays at their place, also when they change what they sent.
    records_found = sorted(found.select_related("version"), key=lambda one: place.get(one.person_id, len(place)))
    writers = _writers(records_found, photos)
    have_sent = {one.record.person_id for one in writers}
    written = [
        Written(one.record.version.compiled, one.record.answers, one.record.problems, _by_place(one.photos))
        for one in writers
    ]
    waited_for = [one.name for one in team if one.seat.person_id not in have_sent]
    rows = rows_of(visit.version.compiled, written)
    shown = {photo.pk for row in rows for said in row.said for photo in said.photos}
    others = [(one, photo) for one in writers for photo in one.photos if photo.pk not in shown]
    return SideBySide(writers, rows, waited_for, others)


def _writers(found: list[Record], photos: Photos) -> list[Writer]:
    known = names(one.person_id for one in found if one.person_id)
    return [
        Writer(known.get(one.person_id, "Somebody") if one.person_id else "Somebody", one, photos[one.pk])
        for one in found
    ]


def _photos_on(visit: Visit) -> Photos:
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    for one in Attachment.objects.on(visit).without_bytes():
        found[one.record_id].append(one)
    return found


def _by_place(photos: Sequence[Attachment]) -> Mapping[str, list[Attachment]]:
    found: dict[str, list[Attachment]] = defaultdict(list)
    for one in photos:
        found[one.key].append(one)
    return found


def _conflict(writers: list[Writer]) -> Conflict:
    came = [(one.record, received) for one in writers for received in one.record.received.all()]
    readings = [(record.version.compiled, _reading(record, received)) for record, received in came]
    read = [Written(asked, one.answers, one.problems) for asked, one in readings]
    rows = rows_of(writers[0].record.version.compiled, read)
    return Conflict(
        writers[0],
        [Offered(received, _stopped(received), number) for number, (_, received) in enumerate(came, start=1)],
        [row for row in rows if len({one.value for one in row.said}) > 1],
    )


def _stopped(received: Received) -> str:
    stopped = records.read(bytes(received.body)).stopped
    return why_stopped(stopped.kind, stopped.why) if stopped else ""


def _is_kept(record: Record, received: Received) -> bool:
    """Whether the record says what was sent there: the same answers, and of them that they are finished, or why not."""
    return _reading(record, received).answers == record.answers and _stopped(received) == record.stopped


def _reading(record: Record, received: Received) -> Reading:
    sent = records.read(bytes(received.body))
    day = (sent.finished_at or received.received_at).astimezone(clock.LONDON).date()
    return read_answers(record.version.compiled, sent.answers, today=day)

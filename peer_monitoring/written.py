"""What was received of a visit: whose it is, which records count, and every answer beside the others'."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from kit import clock
from kit.dates import moment
from peer_monitoring import records
from peer_monitoring.comparing import Row, Written, rows_of
from peer_monitoring.models import Attachment, Picture, Received, Record, Visit
from peer_monitoring.models.records import why_stopped
from peer_monitoring.queries import changed_from, finished_later, seats_on, versions_of
from peer_monitoring.querysets import RecordQuerySet
from peer_monitoring.records import Sent
from people.queries import names
from questions.answering import Reading, read_answers
from questions.models import QuestionSetVersion

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
    """A record that its writer changed; since when it is finished by a later one, and whether a later one counts."""

    writer: Writer
    finished_at: datetime | None
    a_later_one_counts: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that somebody chose of several of one person, with the names of who wrote it and who chose."""

    writer: Writer
    by: str

    @property
    def at(self) -> datetime:
        """When."""
        assert self.writer.record.chosen_at is not None
        return self.writer.record.chosen_at

    def leaves_out(self, other: Writer) -> bool:
        """Whether it was chosen instead of this one, which had come by then, and was not chosen later itself."""
        is_another_of_theirs = other.record.pk != self.writer.record.pk and other.whose == self.writer.whose
        return is_another_of_theirs and (other.record.chosen_at or other.record.received_at) < self.at


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


@dataclass(frozen=True)
class _Came:
    """What came once under the name of a record, and the questions that it answers: each of several names its own."""

    record: Record
    received: Received
    sent: Sent
    version: QuestionSetVersion

    @cached_property
    def reading(self) -> Reading:
        """What it says, read by the questions that it answers."""
        day = (self.sent.finished_at or self.received.received_at).astimezone(clock.LONDON).date()
        return read_answers(self.version.compiled, self.sent.answers, today=day)

    @property
    def stopped(self) -> str:
        """Why it is not finished; nothing where it is."""
        stopped = self.sent.stopped
        return why_stopped(stopped.kind, stopped.why) if stopped else ""

    @property
    def is_kept(self) -> bool:
        """Whether the record says what was sent there: the same answers to the same questions, finished or why not."""
        return (self.version.pk, self.reading.answers, self.stopped) == (
            self.record.version_id, self.record.answers, self.record.stopped,
        )  # fmt: skip


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
    lead_to_what_counts = {
        old.pk for one in found.values() if one.state == Record.State.COUNTS for old in changed_from(one, found)
    }
    changed = _changed(found.values())
    gone = [one for one in found.values() if one.state == Record.State.REPLACED and one.pk in changed]
    return [
        Replaced(one, later.get(one.record.pk), one.record.pk in lead_to_what_counts)
        for one in _writers(gone, defaultdict(list))
    ]


def chosen(visit: Visit) -> list[Chosen]:
    """What somebody chose, one after the other, also what was changed since."""
    picked = Record.objects.on(visit).exclude(chosen_at=None).defer("answers", "problems").order_by("chosen_at")
    return _chosen(_writers(list(picked), defaultdict(list)))


def not_chosen(found: SideBySide) -> set[UUID]:
    """The records that count no more though nothing changed them: somebody chose another one."""
    changed = _changed(one.record for one in found.writers)
    return {one.record.pk for one in found.writers if one.counts is False and one.record.pk not in changed}


def choices(found: SideBySide) -> dict[UUID, Chosen]:
    """Of each record between which somebody chose: the choice of it, or the first one that left it out."""
    picked = sorted(_chosen([one for one in found.writers if one.record.chosen_at]), key=lambda one: one.at)
    left_out, all_of_them = not_chosen(found), {one.writer.record.pk: one for one in picked}
    for writer in found.writers:
        instead = next((one for one in picked if one.leaves_out(writer)), None)
        if writer.record.pk in left_out and instead:
            all_of_them[writer.record.pk] = instead
    return all_of_them


def to_choose(found: Sequence["Conflict"], received_id: str) -> tuple[Writer, Offered] | None:
    """One of those between which somebody has to choose; nothing where it is none of them, or not any more."""
    sides = ((one.writer, side) for one in found for side in one.sides)
    return next((one for one in sides if str(one[1].received.pk) == received_id), None)


def conflicts(found: SideBySide) -> list[Conflict]:
    """Of each person of whom a record is to be chosen, all that came; of who was erased, what came under one name."""
    to_choose = [one for one in found.writers if one.counts is None]
    prefetch_related_objects([one.record for one in to_choose], "received")
    came = _came(one.record for one in to_choose)
    of_each: dict[UUID, list[Writer]] = defaultdict(list)
    for one in to_choose:
        of_each[one.whose].append(one)
    return [_conflict(some[0], [side for one in some for side in came[one.record.pk]]) for some in of_each.values()]


def sides(found: SideBySide) -> dict[UUID, list[Side]]:
    """Of each record all that came under its name, the first one first, and which of them counts."""
    several = [one.record for one in found.writers if one.counts and len(one.record.received.all()) > 1]
    kept = {pk: next((one.received for one in came if one.is_kept), None) for pk, came in _came(several).items()}
    return {
        one.record.pk: [Side(received, _counts(one, received, kept)) for received in one.record.received.all()]
        for one in found.writers
    }


def _counts(writer: Writer, received: Received, kept: Mapping[UUID, Received | None]) -> bool | None:
    """Whether what came once is what counts of a record; nothing where nobody can tell which of several it is."""
    if writer.record.pk not in kept:
        return writer.counts
    one = kept[writer.record.pk]
    return None if one is None else received is one


def picture_of(visit: Visit, attachment_id: UUID) -> bytes:
    """A photo that a record of a visit names, as it was drawn anew; any other is not found."""
    attachment = get_object_or_404(Attachment.objects.on(visit), pk=attachment_id)
    return bytes(get_object_or_404(Picture, pk=attachment.photo_id, body__isnull=False).body or b"")


def _chosen(picked: Sequence[Writer]) -> list[Chosen]:
    known = names(one.record.chosen_by_id for one in picked if one.record.chosen_by_id)
    return [
        Chosen(one, known.get(one.record.chosen_by_id, "Somebody") if one.record.chosen_by_id else "Somebody")
        for one in picked
    ]


def _changed(found: Iterable[Record]) -> set[UUID]:
    """What a later record names as that which it changes."""
    return {one.supersedes_id for one in found if one.supersedes_id}


def _beside(visit: Visit, found: RecordQuerySet) -> SideBySide:
    photos = _photos_on(visit)
    team = seats_on(visit)
    place = {one.seat.person_id: number for number, one in enumerate(team)}
    # Each stays at their place, also when they change what they sent.
    records_found = sorted(found.select_related("version"), key=lambda one: place.get(one.person_id, len(place)))
    writers = _writers(records_found, photos)
    have_sent = {one.record.person_id for one in writers}
    written = [
        Written(one.record.version, one.record.answers, one.record.problems, _by_place(one.photos)) for one in writers
    ]
    waited_for = [one.name for one in team if one.seat.person_id not in have_sent]
    rows = rows_of(visit.version, written)
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


def _conflict(writer: Writer, came: Sequence[_Came]) -> Conflict:
    read = [Written(one.version, one.reading.answers, one.reading.problems) for one in came]
    rows = rows_of(came[0].version, read)
    return Conflict(
        writer,
        [Offered(one.received, one.stopped, number) for number, one in enumerate(came, start=1)],
        [row for row in rows if len({one.value for one in row.said}) > 1],
    )


def _came(found: Iterable[Record]) -> dict[UUID, list[_Came]]:
    """Of each of these records all that came under its name, in one statement for their questions."""
    read = [(one, came, records.read(bytes(came.body))) for one in found for came in one.received.all()]
    asked = {one.pk: one for one in versions_of(sent.version_id for *_, sent in read)}
    of_each: dict[UUID, list[_Came]] = defaultdict(list)
    for record, came, sent in read:
        of_each[record.pk].append(_Came(record, came, sent, asked.get(sent.version_id, record.version)))
    return of_each

"""What pages ask about what somebody writes of a visit: their draft, their record, how far it is, what is missing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peer_monitoring.comparing import in_words
from peer_monitoring.models import Attachment, Draft, Record, Visit
from peer_monitoring.querysets import WAS_THERE
from questions.answering import Place, Reading, answer_at
from questions.compiled import Compiled
from questions.models import QuestionSetVersion


@dataclass(frozen=True, slots=True)
class Progress:
    """A section of a set, and how many of its questions are answered."""

    section: Compiled
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question with its answer in words, and what is wrong with it."""

    place: Place
    answer: str
    problem: str


def my_draft(visit: Visit, person_id: UUID) -> Draft | None:
    """What somebody has written and not sent."""
    return Draft.objects.of(visit, person_id).first()


def my_record(visit: Visit, person_id: UUID) -> Record | None:
    """What somebody sent last of a visit."""
    return Record.objects.on(visit).of_person(person_id).counting().order_by("-received_at").first()


def takes_the_place_of(draft: Draft, visit: Visit) -> Record | None:
    """What counts no more once a draft is sent: the record that it changes, while that one counts.

    Else what its writer sent last, such as from a phone while they wrote: no two of one person are to count.
    """
    sent = Record.objects.on(visit).of_person(draft.person_id).counting()
    changed = sent.filter(pk=draft.supersedes_id).first() if draft.supersedes_id else None
    return changed or my_record(visit, draft.person_id)


def version_of(draft: Draft, visit: Visit) -> QuestionSetVersion:
    """The questions that a draft answers: those of the record that it changes, which can be another version's."""
    old = (
        Record.objects.filter(pk=draft.supersedes_id).select_related("version").first() if draft.supersedes_id else None
    )
    return old.version if old else visit.version


def progress(version: QuestionSetVersion, reading: Reading, *, photos: Collection[str] = frozenset()) -> list[Progress]:
    """Each section that is asked, with how much of it is answered as the app counts it (`isAnswered`).

    What is wrong is not answered yet; a place of which there are `photos`, by its key, is.
    """
    found: dict[str, tuple[int, int]] = {}
    for place in reading.places:
        if place.is_note:
            continue
        done, of = found.get(place.section["name"], (0, 0))
        is_right = answer_at(reading.answers, place) and place.key not in reading.problems
        found[place.section["name"]] = (done + bool(is_right or place.key in photos), of + 1)
    return [
        Progress(section, *found.get(section["name"], (0, 0)))
        for section in version.compiled["sections"]
        if section["name"] in found or section["name"] in reading.answers
    ]


def section_after(version: QuestionSetVersion, section: Compiled | None, reading: Reading) -> str | None:
    """The next section in which something is asked, or none after the last; the first where they come from none."""
    sections = version.compiled["sections"]
    asked = {place.section["name"] for place in reading.places} | set(reading.answers)
    rest = sections[sections.index(section) + 1 :] if section else sections
    return next((one["name"] for one in rest if one["name"] in asked), None)


def photos_kept(record: Record | None) -> Counter[str]:
    """How many photos stay with what takes the place of a record, by the key of the place that each is of."""
    return Counter(Attachment.objects.of(record).values_list("key", flat=True) if record else ())


def reasons_on(visits: Iterable[Visit], *, by: UUID | None = None) -> Mapping[UUID, set[str]]:
    """Of each of these visits, why what counts of it is not finished, or empty words: of all, or of one person."""
    sent = Record.objects.counting().filter(visit__in=[one.pk for one in visits])
    found = defaultdict(set)
    for visit_id, why in (sent.of_person(by) if by else sent).values_list("visit_id", "unfinished"):
        found[visit_id].add(why)
    return found


def is_said_off(reasons: Collection[str]) -> bool:
    """Whether something was sent of a visit, and all that counts of it says that it was called off."""
    return set(reasons) == {Record.Unfinished.CALLED_OFF}


def all_say_it_was_called_off(visit: Visit) -> bool:
    """The same of one visit, also by whoever left its team or was erased since, and where a record is to be chosen."""
    return is_said_off(reasons_on([visit]).get(visit.pk, ()))


def says_nobody_went_in(visit: Visit) -> bool:
    """Whether something was sent of a visit, and all that counts of it says that nobody was let in or went there."""
    reasons = reasons_on([visit]).get(visit.pk, set())
    return bool(reasons) and reasons.isdisjoint(WAS_THERE)


def changed_from(record: Record, found: Mapping[UUID, Record]) -> list[Record]:
    """A record, the one that it changed, the one that this one changed, and so on."""
    chain: list[Record] = []
    now: Record | None = record
    while now is not None:
        chain.append(now)
        now = found.get(now.supersedes_id) if now.supersedes_id else None
    return chain


def finished_later(found: Mapping[UUID, Record]) -> Mapping[UUID, datetime]:
    """Of what was changed and not finished: when the first one came after it that was, on the way to what counts."""
    later: dict[UUID, datetime] = {}
    for record in found.values():
        finished_at = None
        for one in changed_from(record, found) if record.state == Record.State.COUNTS else ():
            if not one.unfinished:
                finished_at = one.received_at
            elif finished_at:
                later[one.pk] = finished_at
    return later


def review(reading: Reading, photos: Callable[[Place], str], language: str) -> list[Reviewed]:
    """Every question that is asked, with the answer in words or what `photos` says, and what is wrong with it."""
    missing = {place.key for place in reading.missing()}
    return [
        Reviewed(
            place,
            photos(place) if place.is_photo else in_words(place.question, answer_at(reading.answers, place), language),
            "This must be answered" if place.key in missing else reading.problems.get(place.key, ""),
        )
        for place in reading.places
        if not place.is_note
    ]

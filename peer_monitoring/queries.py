"""What pages ask about visits: always for a group, a person or a scheme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from groups.models import Group, GroupMembership, HostPermission
from groups.queries import is_led_by, members, permitted_sites, readiness, sites_open_to
from groups.seats import MONITORS
from groups.seats import Seat as SeatInGroup
from kit import clock, tokens
from peer_monitoring.comparing import in_words
from peer_monitoring.models import (
    Draft,
    Phone,
    Programme,
    ProgrammeSite,
    Record,
    SafetyCheck,
    SealedDraft,
    SealedPhoto,
    Seat,
    SiteConcern,
    Trouble,
    Visit,
)
from peer_monitoring.querysets import RecordQuerySet, VisitQuerySet
from peer_monitoring.rules import Candidate
from peer_monitoring.standing import in_words as how_it_stands
from people.queries import has_an_account, names
from questions.answering import Place, Reading, answer_at, read_answers
from questions.compiled import Compiled
from questions.models import QuestionSetVersion
from questions.shape import Kind
from tenants.schemes.models import Scheme, Site
from tenants.schemes.queries import members as members_at
from tenants.schemes.queries import with_covers
from tenants.schemes.rights import Permission, roles_that_may

# How long a phone is told why a visit that it may hold is to be logged no more, and how a concern raised on it stands.
STILL_ASKED = timedelta(days=60)
# What a list of visits has no use for.
HEAVY = ("version__form", "version__compiled")


@dataclass(frozen=True, slots=True)
class Due:
    """A place of a programme: when the group was last there, and when it means to be there again."""

    place: ProgrammeSite
    last: date | None
    next: date | None

    @property
    def again_on(self) -> date:
        """The day on which the next visit falls due; at once where there was none."""
        return months_later(self.last, self.place.months) if self.last else clock.today()

    @property
    def is_due(self) -> bool:
        """Whether that day has come and no visit is planned."""
        return self.next is None and self.again_on <= clock.today()


@dataclass(frozen=True, slots=True)
class OnTheTeam:
    """A seat on a team, with whose it is."""

    name: str
    seat: Seat


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

    @property
    def is_photo(self) -> bool:
        """Whether it asks for a photo, which no page takes."""
        return bool(self.place.question["kind"] == Kind.PHOTO)


@dataclass(frozen=True, slots=True)
class Gone:
    """How a visit came to be theirs no more; `why` is what the lead wrote of one that was called off."""

    how: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class WentIn:
    """Somebody who went in, with their name; `may_end` is for a lead, who may have met whoever has no phone."""

    name: str
    check: SafetyCheck
    may_end: bool


@dataclass(frozen=True, slots=True)
class RaisedOnVisit:
    """A concern that somebody raised, how it stands in words, and none of its own."""

    name: str
    concern: SiteConcern
    stands: str
    is_mine: bool


def programmes_of(group: Group) -> QuerySet[Programme]:
    """What a group means to do, first what goes on."""
    return Programme.objects.for_group(group).select_related("question_set").order_by("ended_on", "name")


def programme_of(group: Group, programme_id: UUID) -> Programme:
    """One of them; any other is not found."""
    return get_object_or_404(Programme.objects.for_group(group), pk=programme_id)


def place_of(programme: Programme, place_id: UUID) -> ProgrammeSite:
    """One place of a programme; any other is not found."""
    return get_object_or_404(ProgrammeSite.objects.of(programme).select_related("programme"), pk=place_id)


def what_is_due(programme: Programme) -> list[Due]:
    """Every place of a programme, the one that falls due first before the others."""
    places = ProgrammeSite.objects.of(programme).select_related("site__scheme")
    visits = Visit.objects.for_group(programme.group)
    last = dict(visits.with_records().filter(logged_at__isnull=False).values_list("site").annotate(Max("day")))
    coming: dict[UUID, date] = {}
    for visit in visits.going_on().filter(day__gte=clock.today()).order_by("-day"):
        coming[visit.site_id] = visit.day
    due = [Due(one, last.get(one.site_id), coming.get(one.site_id)) for one in places]
    return sorted(due, key=lambda one: (one.again_on, one.place.site.name))


def visits_of(group: Group) -> VisitQuerySet:
    """All visits of a group, with where they go."""
    return Visit.objects.for_group(group).select_related("site__scheme", "version", "programme")


def coming(group: Group) -> VisitQuerySet:
    """Those that are not over: the next one first, and those whose day has passed last."""
    return visits_of(group).defer(*HEAVY).going_on().nearest_first()


def over(group: Group) -> VisitQuerySet:
    """Those that were logged or cancelled, the last one first."""
    return (
        visits_of(group)
        .defer(*HEAVY)
        .filter(Q(logged_at__isnull=False) | Q(cancelled_at__isnull=False))
        .order_by("-day")
    )


def visit_of(group: Group, visit_id: UUID) -> Visit:
    """One visit of a group; any other is not found."""
    return get_object_or_404(visits_of(group), pk=visit_id)


def my_visits(person_id: UUID) -> VisitQuerySet:
    """The visits that somebody goes on, in all their groups: the next one first, those whose day has passed last."""
    mine = Visit.objects.of_teams_with(person_id).select_related("site__scheme", "version", "group")
    return mine.defer(*HEAVY).going_on().nearest_first()


def my_visit(person_id: UUID, visit_id: UUID) -> Visit:
    """One of them, also after it was logged; any other is not found."""
    mine = Visit.objects.of_teams_with(person_id).select_related("site__scheme", "version", "group")
    return get_object_or_404(mine, pk=visit_id)


def visits_to_log(person_id: UUID) -> VisitQuerySet:
    """The visits that the app on somebody's phone holds, the next one first."""
    mine = Visit.objects.of_teams_with(person_id).to_log()
    return mine.select_related("site__scheme", "group").order_by("day", "starts_at")


def lately_gone(person_id: UUID) -> dict[UUID, Gone]:
    """Visits of the last weeks that somebody logs no more, and why: they left, or it was called off or closed.

    Whoever is off a team, or goes on visits for its group no more, learns nothing of what became of it.
    """
    lately = Visit.objects.filter(day__gte=clock.today() - STILL_ASKED, ready_at__isnull=False)
    theirs = lately.of_teams_with(person_id)
    left = lately.filter(seats__person_id=person_id).exclude(pk__in=theirs.values("pk"))
    over = theirs.exclude(pk__in=visits_to_log(person_id).values("pk"))
    ended = {
        pk: Gone("cancelled", why) if cancelled else Gone("closed")
        for pk, cancelled, why in over.values_list("pk", "cancelled_at", "cancelled_why")
    }
    return dict.fromkeys(left.values_list("pk", flat=True), Gone("left")) | ended


def versions_of(ids: Iterable[UUID]) -> QuerySet[QuestionSetVersion]:
    """Each of these versions once, however many visits ask it: one can be as long as a book."""
    return QuestionSetVersion.objects.filter(pk__in=set(ids)).defer("form")


def versions_of_sets(ids: Iterable[UUID], sets: Iterable[UUID]) -> set[UUID]:
    """Which of these are versions of these sets: what a phone names opens no other set."""
    found = QuestionSetVersion.objects.filter(pk__in=set(ids), question_set__in=set(sets))
    return set(found.values_list("pk", flat=True))


def my_records(person_id: UUID) -> RecordQuerySet:
    """What somebody sent of these visits, as far as it counts."""
    mine = Record.objects.of_person(person_id).counting().filter(visit__in=visits_to_log(person_id).values("pk"))
    return mine.prefetch_related("attachments")


def sealed_drafts(person_id: UUID) -> QuerySet[SealedDraft]:
    """What somebody had not finished when they signed out of the app, with the ids of the photos that came."""
    photos = Prefetch("held", SealedPhoto.objects.defer("body"))
    mine = SealedDraft.objects.of_person(person_id).prefetch_related(photos)
    where = mine.select_related("visit__site__scheme", "visit__group", "visit__version")
    return where.defer("visit__version__compiled", "visit__version__form")


def is_here(person_id: UUID, delivery_id: UUID) -> bool:
    """Whether somebody's own record or draft of this name has come, to which a photo can belong."""
    records, drafts = Record.objects.of_person(person_id), SealedDraft.objects.of_person(person_id)
    return records.filter(pk=delivery_id).exists() or drafts.filter(pk=delivery_id).exists()


def photo_of_draft(person_id: UUID, draft_id: UUID, photo_id: UUID) -> SealedPhoto:
    """A photo of one of somebody's own drafts; any other is not found."""
    mine = SealedPhoto.objects.of_person(person_id)
    return get_object_or_404(mine, draft=draft_id, photo_id_on_phone=photo_id)


def phones_of(person_id: UUID) -> QuerySet[Phone]:
    """Somebody's own phones, also those that were shut out, the last one first."""
    return Phone.objects.of_person(person_id)


def my_phone(person_id: UUID, phone_id: UUID) -> Phone:
    """One of them; any other is not found."""
    return get_object_or_404(phones_of(person_id), pk=phone_id)


def phone_of(token: str) -> Phone | None:
    """The phone that shows this token, of somebody whose account is open; also one that was shut out."""
    phone = Phone.objects.filter(token_hash=tokens.fingerprint(token)).first() if token else None
    return phone if phone and has_an_account(phone.person_id) else None


def places_open(group: Group, day: date) -> list[Site]:
    """Where a group is let in on a day."""
    return [one.site for one in sites_open_to(group, day)]


def places_agreed(group: Group) -> list[Site]:
    """Where a group is let in today or on a later day: what a plan can choose from; the day decides when it is made."""
    return permitted_sites(group)


def candidates(group: Group, site: Site, day: date) -> list[Candidate]:
    """Everybody who could be on a team, and what keeps them from it; supporters go on none."""
    return [
        Candidate(
            person_id=one.member.membership.person_id,
            name=one.member.name,
            has_lived_experience=one.lived_experience,
            is_trained=one.trained,
            has_conflict=one.conflict,
            may_enter=one.vetted,
        )
        for one in readiness(group, site, day)
        if one.member.membership.seat in MONITORS
    ]


def team_of(visit: Visit) -> list[Candidate]:
    """Who goes, as far as rule 4 is concerned; whoever has left the group goes no more."""
    going = set(Seat.objects.on(visit).values_list("person_id", flat=True))
    return [one for one in candidates(visit.group, visit.site, visit.day) if one.person_id in going]


def seats_on(visit: Visit) -> list[OnTheTeam]:
    """The team with names."""
    seats = list(Seat.objects.on(visit))
    known = names(one.person_id for one in seats)
    return [OnTheTeam(known.get(one.person_id, "Somebody"), one) for one in seats]


def my_seat(visit: Visit, person_id: UUID) -> Seat | None:
    """Somebody's own seat on a team."""
    return Seat.objects.on(visit).filter(person_id=person_id).first()


def visit_to_write_about(group: Group, visit_id: UUID, person_id: UUID) -> Visit:
    """A visit that somebody goes on or whose group they lead; any other is not found."""
    visit = visit_of(group, visit_id)
    if my_seat(visit, person_id) is None and not is_led_by(group, person_id):
        raise Http404
    return visit


def visit_to_be_safe_on(group: Group, visit_id: UUID, person_id: UUID) -> Visit:
    """A visit whose team somebody belongs to, or that they are still inside on, or whose group they lead."""
    visit = visit_of(group, visit_id)
    if my_check(visit, person_id):
        return visit
    return visit_to_write_about(group, visit_id, person_id)


def my_check(visit: Visit, person_id: UUID) -> SafetyCheck | None:
    """Where somebody is inside on a visit: since when, and by when they mean to be out."""
    return SafetyCheck.objects.on(visit).inside().filter(person_id=person_id).first()


def can_go_in(visit: Visit, person_id: UUID) -> bool:
    """Whether somebody may say that they go in now."""
    return visit.is_on and my_seat(visit, person_id) is not None


def who_went_in(visit: Visit, person_id: UUID) -> list[WentIn]:
    """Everybody who went in on a visit, as somebody sees it; whoever is still inside first."""
    is_lead = is_led_by(visit.group, person_id)
    checks = sorted(SafetyCheck.objects.on(visit), key=lambda one: (not one.is_in, one.went_in_at))
    known = names(one.person_id for one in checks)
    return [
        WentIn(known.get(one.person_id, "Somebody"), one, may_end=is_lead and one.person_id != person_id)
        for one in checks
    ]


def check_to_end(visit: Visit, check_id: UUID, person_id: UUID) -> SafetyCheck:
    """One's own, or any of them for a lead; any other is not found."""
    check = get_object_or_404(SafetyCheck.objects.on(visit), pk=check_id)
    if check.person_id != person_id and not is_led_by(visit.group, person_id):
        raise Http404
    return check


def whom_to_alarm(check: SafetyCheck) -> list[UUID]:
    """Who learns that somebody is not back: the leads of the group, and the others on the team who are still in it."""
    team = set(Seat.objects.on(check.visit).values_list("person_id", flat=True))
    told = {
        one.membership.person_id
        for one in members(check.visit.group)
        if one.membership.seat == SeatInGroup.LEAD
        or (one.membership.seat in MONITORS and one.membership.person_id in team)
    }
    return sorted(told - {check.person_id})


def leads_to_tell_of(concern: SiteConcern) -> list[GroupMembership]:
    """Who learns that a concern was raised on a visit: the leads of the group, but whoever raised it."""
    seats = [one.membership for one in members(concern.visit.group)]
    return [one for one in seats if one.seat == SeatInGroup.LEAD and one.person_id != concern.person_id]


def concerns_on(visit: Visit, person_id: UUID) -> list[RaisedOnVisit]:
    """What was raised on a visit and how it stands: all of it for a lead, and one's own for everybody else."""
    found = SiteConcern.objects.on(visit).without_words()
    if not is_led_by(visit.group, person_id):
        found = found.of_person(person_id)
    concerns = list(found)
    known = names(one.person_id for one in concerns if one.person_id)
    scheme = visit.site.scheme.name
    return [
        RaisedOnVisit(
            name=(one.person_id and known.get(one.person_id)) or "Somebody", concern=one,
            stands=how_it_stands(one, scheme), is_mine=one.person_id == person_id,
        )
        for one in concerns
    ]  # fmt: skip


def my_concerns(person_id: UUID, visits: Iterable[UUID]) -> QuerySet[SiteConcern]:
    """What somebody raised on these visits, and in the last weeks on any others, with where that was."""
    told = Q(visit__in=visits) | Q(received_at__gte=clock.now() - STILL_ASKED)
    mine = SiteConcern.objects.of_person(person_id).filter(told).select_related("visit__site__scheme")
    return mine.without_words().order_by("raised_at")


def permission_for(visit: Visit) -> HostPermission | None:
    """What lets the group into the place on the day of a visit."""
    open_then = sites_open_to(visit.group, visit.day)
    return next((one.permission for one in open_then if one.site.pk == visit.site_id), None)


def troubles_on(visit: Visit) -> QuerySet[Trouble]:
    """What kept the team from a visit."""
    return Trouble.objects.on(visit)


def can_be_logged(visit: Visit) -> bool:
    """Whether a visit can be over: somebody wrote something, or the team was not let in or had to leave."""
    if not visit.is_on or visit.day > clock.today():
        return False
    return Record.objects.on(visit).exists() or Trouble.objects.on(visit).ended_it().exists()


def my_draft(visit: Visit, person_id: UUID) -> Draft | None:
    """What somebody has written and not sent."""
    return Draft.objects.of(visit, person_id).first()


def my_record(visit: Visit, person_id: UUID) -> Record | None:
    """What somebody sent last of a visit."""
    return Record.objects.on(visit).of_person(person_id).counting().order_by("-received_at").first()


def version_of(draft: Draft, visit: Visit) -> QuestionSetVersion:
    """The questions that a draft answers: those of the record that it changes, which can be another version's."""
    old = (
        Record.objects.filter(pk=draft.supersedes_id).select_related("version").first() if draft.supersedes_id else None
    )
    return old.version if old else visit.version


def progress(version: QuestionSetVersion, draft: Draft) -> list[Progress]:
    """Each section that is asked, with how much of it is answered."""
    reading = read_answers(version.compiled, draft.answers, today=clock.today())
    found: dict[str, tuple[int, int]] = {}
    for place in reading.places:
        if place.is_note:
            continue
        done, of = found.get(place.section["name"], (0, 0))
        found[place.section["name"]] = (done + bool(answer_at(reading.answers, place)), of + 1)
    return [
        Progress(section, *found.get(section["name"], (0, 0)))
        for section in version.compiled["sections"]
        if section["name"] in found or section["name"] in reading.answers
    ]


def section_after(version: QuestionSetVersion, section: Compiled, answers: Mapping[str, Any]) -> str | None:
    """The next section in which something is asked, or none after the last."""
    sections = version.compiled["sections"]
    reading = read_answers(version.compiled, answers, today=clock.today())
    asked = {place.section["name"] for place in reading.places} | set(reading.answers)
    rest = sections[[one["name"] for one in sections].index(section["name"]) + 1 :]
    return next((one["name"] for one in rest if one["name"] in asked), None)


def review(reading: Reading) -> list[Reviewed]:
    """Every question that is asked, with the answer in words and what is wrong with it."""
    missing = {place.key for place in reading.missing()}
    return [
        Reviewed(
            place,
            in_words(place.question, answer_at(reading.answers, place)),
            "This must be answered" if place.key in missing else reading.problems.get(place.key, ""),
        )
        for place in reading.places
        if not place.is_note
    ]


def told_to(scheme: Scheme) -> VisitQuerySet:
    """The visits that a scheme knows of, the latest day first."""
    return Visit.objects.visible_to_scheme(scheme.pk).select_related("site", "group").order_by("-day")


def whom_to_tell(visit_id: UUID) -> list[tuple[UUID, Scheme]]:
    """Who at the scheme learns of a visit, and of whoever covers for them; nobody of one that the scheme cannot see."""
    visit = Visit.objects.filter(pk=visit_id).select_related("site__scheme").first()
    if visit is None or not Visit.objects.visible_to_scheme(visit.scheme_id).filter(pk=visit_id).exists():
        return []
    scheme = visit.site.scheme
    roles = roles_that_may(Permission.AGREE_WITH_GROUPS)
    people = with_covers(scheme, members_at(scheme).filter(role__in=roles).values_list("person_id", flat=True))
    return [(person_id, scheme) for person_id in sorted(people)]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is too short."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return next(found for last in (day.day, 30, 29, 28) if (found := _real(year, month, last)))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

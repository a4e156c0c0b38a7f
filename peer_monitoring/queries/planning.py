"""What pages ask about programmes, visits and who can go on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from groups.models import Group
from groups.queries import Ready, permitted_sites, readiness, readiness_at_each, sites_open_to
from groups.seats import MONITORS
from kit import clock
from peer_monitoring.models import (
    Programme,
    ProgrammeSite,
    Seat,
    Visit,
)
from peer_monitoring.querysets import VisitQuerySet
from peer_monitoring.rules import Candidate
from people.queries import names
from tenants.schemes.models import Scheme, Site
from tenants.schemes.queries import members as members_at
from tenants.schemes.queries import with_covers
from tenants.schemes.rights import Permission, roles_that_may

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


def alike(visits: Iterable[Visit]) -> set[UUID]:
    """Those that are at the same place at the same time as another one of them: a list says what each asks."""
    at = {one.pk: (one.site_id, one.day, one.starts_at) for one in visits}
    many = Counter(at.values())
    return {pk for pk, where in at.items() if many[where] > 1}


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


def places_open(group: Group, day: date) -> list[Site]:
    """Where a group is let in on a day."""
    return [one.site for one in sites_open_to(group, day)]


def places_agreed(group: Group) -> list[Site]:
    """Where a group is let in today or on a later day: what a plan can choose from; the day decides when it is made."""
    return permitted_sites(group)


def candidates(group: Group, site: Site, day: date) -> list[Candidate]:
    """Everybody who could be on a team, and what keeps them from it; supporters go on none."""
    return _candidates(readiness(group, site, day))


def who_cannot_go(group: Group, sites: Iterable[Site], day: date) -> dict[UUID, list[Candidate]]:
    """Of each of these places those whom something keeps from it on a day, in as many statements as of one."""
    found = readiness_at_each(group, sites, day)
    return {site: [one for one in _candidates(ready) if not one.can_go] for site, ready in found.items()}


def _candidates(ready: Iterable[Ready]) -> list[Candidate]:
    return [
        Candidate(
            person_id=one.member.membership.person_id,
            name=one.member.name,
            has_lived_experience=one.lived_experience,
            is_trained=one.trained,
            has_conflict=one.conflict,
            may_enter=one.vetted,
        )
        for one in ready
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


def who_goes_beside(visits: Iterable[Visit], person_id: UUID) -> Mapping[UUID, list[str]]:
    """The names of those who go on each of these visits beside one person, in two statements for all of them."""
    found = Seat.objects.on_each(visits).values_list("visit_id", "person_id")
    seats = [(visit, who) for visit, who in found if who != person_id]
    known, beside = names(who for _, who in seats), defaultdict(list)
    for visit, who in seats:
        beside[visit].append(known.get(who, "somebody"))
    return beside


def my_seat(visit: Visit, person_id: UUID) -> Seat | None:
    """Somebody's own seat on a team."""
    return Seat.objects.on(visit).filter(person_id=person_id).first()


def told_to(scheme: Scheme) -> VisitQuerySet:
    """The visits that a scheme knows of: the latest day first, and on one day the latest time."""
    known = Visit.objects.visible_to_scheme(scheme.pk).select_related("site", "group")
    return known.order_by("-day", F("starts_at").desc(nulls_last=True), "site__name", "pk")


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

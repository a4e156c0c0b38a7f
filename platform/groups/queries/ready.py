"""Who of a group is ready to visit: always of one group, and of others only for its lead."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from groups.models import ConflictOfInterest, Group, GroupMembership, LivedExperience, Training, Vetting
from groups.queries.agreements import agreements_of
from groups.queries.belonging import Member, member, members, seat, user_led_group
from groups.seats import Seat
from kit import clock
from tenants.schemes.models import Scheme, Site

YEARS_AWAY = 2


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known of one member for a visit to a site on a day."""

    member: Member
    trained: bool
    conflict: bool
    vetted: bool
    lived_experience: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What a lead reads of one member at a glance."""

    member: Member
    trained: bool
    conflicts: int
    lived_experience: bool
    vetted_at: int


@dataclass(frozen=True, slots=True)
class Whose:
    """The member whose page it is, and who looks at it."""

    group: Group
    member: Member
    own: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class PlaceToVisit:
    """A site of a scheme with which the group has an agreement."""

    site: Site
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Declared:
    """A conflict of interest with the name of the place."""

    conflict: ConflictOfInterest
    place: str


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Where a member stands with a place."""

    place: PlaceToVisit
    vetting: Vetting | None


def readiness(group: Group, site: Site, day: date) -> list[Ready]:
    """For everybody with a seat: may they visit this site on this day? In as many statements for many as for one."""
    return readiness_at_each(group, [site], day)[site.pk]


def readiness_at_each(group: Group, sites: Iterable[Site], day: date) -> dict[UUID, list[Ready]]:
    """The same of several sites, by site, in as many statements as for one."""
    everybody = members(group)
    trained = _people(_kept(Training, group), lambda one: _counts(one, day))
    lived = _people(_kept(LivedExperience, group), lambda one: one.has)
    conflicts = [one for one in _kept(ConflictOfInterest, group) if is_too_close(one, day)]
    vettings = [one for one in _kept(Vetting, group) if _stands(one, day)]

    def at(site: Site) -> list[Ready]:
        conflict = _people(conflicts, lambda one: _is_about(one, site))
        vetted = _people(vettings, lambda one: one.site_id == site.pk)
        return [
            Ready(one, *(one.membership.person_id in people for people in (trained, conflict, vetted, lived)))
            for one in everybody
        ]

    return {site.pk: at(site) for site in sites}


def overviews(group: Group) -> list[Overview]:
    """The same for today and every place, for the lead."""
    day = clock.today()
    trained = _people(_kept(Training, group), lambda one: _counts(one, day))
    conflicts = _people(_kept(ConflictOfInterest, group), lambda one: is_too_close(one, day))
    vetted = _people(_kept(Vetting, group), lambda one: _stands(one, day))
    lived = _people(_kept(LivedExperience, group), lambda one: one.has)
    return [
        Overview(one, who in trained, conflicts.get(who, 0), who in lived, vetted.get(who, 0))
        for one in members(group)
        if (who := one.membership.person_id)
    ]


def is_too_close(conflict: ConflictOfInterest, day: date) -> bool:
    """Whether somebody works there on this day, or left less than two years before."""
    if conflict.since > day:
        return False
    return conflict.until is None or day < _years_after(conflict.until, YEARS_AWAY)


def whose_readiness(person_id: UUID, slug: str, membership_id: UUID) -> Whose:
    """A member's own page, for themselves and for their lead; to anybody else it is not there."""
    group = user_led_group(person_id, slug)
    looks, one = seat(person_id, group), member(group, membership_id)
    own, leads = one.membership.person_id == person_id, looks is not None and looks.seat == Seat.LEAD
    if not (own or leads):
        raise Http404
    return Whose(group, one, own, leads)


def own_readiness(person_id: UUID, slug: str, membership_id: UUID) -> Whose:
    """The same for themselves alone."""
    whose = whose_readiness(person_id, slug, membership_id)
    if not whose.own:
        raise Http404
    return whose


def trainings(membership: GroupMembership) -> list[Training]:
    """What one member did, the newest first."""
    return list(_of(Training, membership))


def training(membership: GroupMembership, training_id: UUID) -> Training:
    """One of these; any other is not found."""
    found: Training = get_object_or_404(_of(Training, membership), pk=training_id)
    return found


def conflicts(membership: GroupMembership) -> list[Declared]:
    """Where one member works or worked, with the names of the places."""
    found = list(_of(ConflictOfInterest, membership))
    schemes = Scheme.objects.in_bulk([one.scheme_id for one in found])
    sites = Site.objects.in_bulk([one.site_id for one in found if one.site_id])
    return [Declared(one, _name_of(schemes.get(one.scheme_id), sites.get(one.site_id))) for one in found]


def conflict(membership: GroupMembership, conflict_id: UUID) -> ConflictOfInterest:
    """One of these; any other is not found."""
    found: ConflictOfInterest = get_object_or_404(_of(ConflictOfInterest, membership), pk=conflict_id)
    return found


def said_lived_experience(membership: GroupMembership) -> bool | None:
    """What a member said of themselves; nothing if they did not say."""
    said = _of(LivedExperience, membership).first()
    return said.has if said else None


def places_to_visit(group: Group) -> list[PlaceToVisit]:
    """The open sites of every scheme with which the group has an agreement."""
    schemes = {one.scheme.pk: one.scheme for one in agreements_of(group) if one.scheme}
    sites = Site.objects.filter(scheme__in=schemes, closed_on=None).order_by("scheme__name", "name")
    return [PlaceToVisit(site, schemes[site.scheme_id]) for site in sites]


def place_to_visit(group: Group, site_id: UUID) -> PlaceToVisit:
    """One of them; any other is not found."""
    for place in places_to_visit(group):
        if place.site.pk == site_id:
            return place
    raise Http404


def at_places(group: Group, membership: GroupMembership) -> list[AtPlace]:
    """Where one member stands with each of them."""
    by_site = {one.site_id: one for one in _of(Vetting, membership)}
    return [AtPlace(place, by_site.get(place.site.pk)) for place in places_to_visit(group)]


def vetting(membership: GroupMembership, site: Site) -> Vetting | None:
    """Where one member stands with one site."""
    return Vetting.objects.for_group(membership.group).for_person(membership.person_id).to_enter(site.pk).first()


def _of(model: Any, membership: GroupMembership) -> Any:
    return model.objects.for_group(membership.group).for_person(membership.person_id)


def _kept(model: Any, group: Group) -> list[Any]:
    return list(model.objects.for_group(group))


def _people(rows: Iterable[Any], counts: Any) -> dict[UUID, int]:
    """How many rows of each person count."""
    found: dict[UUID, int] = defaultdict(int)
    for one in rows:
        if counts(one):
            found[one.person_id] += 1
    return dict(found)


def _counts(training: Training, day: date) -> bool:
    return training.done_on <= day and (training.valid_until is None or day <= training.valid_until)


def _stands(vetting: Vetting, day: date) -> bool:
    return vetting.stands_until is not None and day <= vetting.stands_until


def _is_about(conflict: ConflictOfInterest, site: Site) -> bool:
    return conflict.scheme_id == site.scheme_id and conflict.site_id in (None, site.pk)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _name_of(scheme: Scheme | None, site: Site | None) -> str:
    named: Iterable[str] = (one.name for one in (scheme, site) if one)
    return ", ".join(named) if site else f"{scheme.name if scheme else 'A service'}, the whole service"

"""A visit before it begins: planned, with a team, announced to the scheme or held back from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction

import audit
from groups.models import Group
from kit import clock, outbox
from peer_monitoring import queries
from peer_monitoring.actions.ringing import whose
from peer_monitoring.actions.team_news import News, end_news, end_said_off, promise_news
from peer_monitoring.errors import TeamNotReady, ToldAlready, TooLate
from peer_monitoring.letting_in import why_not_let_in
from peer_monitoring.models import Programme, Seat, Visit
from peer_monitoring.rules import team_problems
from questions.models import QuestionSetVersion
from tenants.schemes.models import Site

GONE_ON = "This visit has begun or was cancelled. Plan another one."
SETTLED = "This visit is settled as it is. Call it off and plan another one."
BEGUN = (
    "This visit has begun, so it cannot be called off. If the team was not let in or had to leave, note what happened. "
    "Then finish the visit on “What the team wrote”. If nobody went there, ask whoever began it to send what they have "
    "and say that the visit was called off. Then you can call it off."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where and when, with which questions, and what the team is told."""

    site: Site
    day: date
    starts_at: time | None
    version: QuestionSetVersion
    is_held_back: bool
    photos_allowed: bool = False
    meeting_point: str = ""
    note: str = ""
    to_ring: str = ""
    to_ring_of_id: UUID | None = None


@transaction.atomic
def plan(*, group: Group, what: Plan, programme: Programme | None, by: UUID) -> Visit:
    """Plan a visit; nobody but the group knows of it yet."""
    _let_in(group, what)
    planned = {name: getattr(what, name) for name in _PLANNED}
    planned["to_ring_of_id"] = whose(group, what.to_ring, what.to_ring_of_id, by=by)
    visit = Visit.objects.create(group=group, programme=programme, scheme_id=what.site.scheme_id, **planned)
    audit.record(by=by, operation="change", what="planned a visit", thing=visit)
    return visit


@transaction.atomic
def change_plan(*, visit: Visit, what: Plan, by: UUID) -> Visit:
    """Change where, when or with what; a visit that was announced stays announced and the scheme sees the change."""
    held = _held(visit)
    if held.ready_at and held.is_held_back != what.is_held_back:
        raise ToldAlready(SETTLED)
    if held.ready_at and held.scheme_id != what.site.scheme_id:
        raise TooLate("This visit is settled with another scheme. Call it off and plan another one.")
    _let_in(held.group, what)
    is_news = any(getattr(held, name) != getattr(what, name) for name in _TOLD)
    is_moved = held.day != what.day
    if held.ready_at and held.site != what.site:
        held.places_before = [*held.places_before, [held.site.name, clock.now().isoformat()]]
    if held.ready_at and held.photos_allowed != what.photos_allowed:
        held.photos_off_at = None if what.photos_allowed else clock.now()
    for name in _PLANNED:
        setattr(held, name, getattr(what, name))
    held.to_ring_of_id = whose(held.group, what.to_ring, what.to_ring_of_id, by=by)
    held.scheme_id = what.site.scheme_id
    held.changes += 1
    if held.ready_at:
        _team_may_go(held)
    held.save()
    if held.ready_at and is_news:
        promise_news(News.CHANGED, Seat.objects.on(held), by=by)
    if is_moved:
        end_said_off(held)
    audit.record(by=by, operation="change", what="changed the plan of a visit", thing=held)
    return held


@transaction.atomic
def choose_team(*, visit: Visit, people: Collection[UUID], by: UUID) -> None:
    """These people go and no others; rule 4 is asked when the visit is made ready."""
    held = _held(visit)
    now = clock.now()
    off = list(Seat.objects.on(held).exclude(person_id__in=people))
    on: list[Seat] = []
    Seat.objects.on(held).exclude(person_id__in=people).give_up()
    for person_id in people:
        seat, is_new = Seat.objects.get_or_create(visit=held, person_id=person_id)
        if is_new or seat.left_at:
            on.append(seat)
        if seat.left_at:
            seat.added_at, seat.left_at = now, None
            seat.save(update_fields=["added_at", "left_at"])
    if held.ready_at:
        _team_may_go(held)
        promise_news(News.LEFT, off, by=by)
        promise_news(News.YOURS, on, by=by)
    audit.record(by=by, operation="change", what="chose the team of a visit", thing=held)


@transaction.atomic
def write_needs(*, seat: Seat, needs: str) -> Seat:
    """What somebody needs on that day, in their own words; their lead reads it and nobody else."""
    seat.needs = needs.strip()
    seat.save(update_fields=["needs"])
    return seat


@transaction.atomic
def make_ready(*, visit: Visit, by: UUID) -> Visit:
    """Settle it: the team may go, the place lets them in, and the scheme is told unless the visit is held back."""
    held = _held(visit)
    if held.ready_at:
        return held
    _let_in(held.group, held)
    _team_may_go(held)
    held.ready_at = clock.now()
    held.save(update_fields=["ready_at"])
    promise_news(News.YOURS, Seat.objects.on(held), by=by)
    audit.record(by=by, operation="change", what="settled a visit", thing=held)
    if not held.is_held_back:
        outbox.put("peer_monitoring.announced", key=held.pk, in_schema="public", visit=held.pk)
    return held


@transaction.atomic
def cancel(*, visit: Visit, why: str, by: UUID) -> Visit:
    """Call a visit off before it begins, or where all that came says that it was; it is never logged then.

    One that was announced is shown to the scheme as cancelled, and of one that was held back it learns nothing. What
    comes at the same moment waits for this, or this for what comes, and then asks again.
    """
    held = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if held.cancelled_at:
        raise TooLate("This visit was called off already.")
    if not queries.can_be_called_off(held):
        raise TooLate(BEGUN)
    held.cancelled_at, held.cancelled_why = clock.now(), why.strip()
    held.changes += 1
    held.to_ring, held.to_ring_of_id = "", None
    held.save(update_fields=["cancelled_at", "cancelled_why", "changes", "to_ring", "to_ring_of_id"])
    if held.ready_at:
        end_news(held)
        promise_news(News.OFF, Seat.objects.on(held), by=by)
    audit.record(by=by, operation="change", what="cancelled a visit", thing=held)
    return held


_PLANNED = (
    "site", "day", "starts_at", "version", "is_held_back", "photos_allowed", "meeting_point", "note", "to_ring",
)  # fmt: skip
# Of these a team has to know in time.
_TOLD = ("site", "day", "starts_at", "meeting_point")


def _held(visit: Visit) -> Visit:
    held = Visit.objects.select_for_update(of=("self",)).select_related("group", "site").get(pk=visit.pk)
    if not held.can_change:
        raise TooLate(GONE_ON)
    return held


def _let_in(group: Group, what: Plan | Visit) -> None:
    if refused := why_not_let_in(group, what.site, what.day):
        raise refused


def _team_may_go(visit: Visit) -> None:
    """Rule 4, for this place and this day: also when either changes once the visit is settled."""
    problems = team_problems(queries.team_of(visit))
    if problems:
        raise TeamNotReady(" ".join(problems))

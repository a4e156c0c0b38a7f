"""What pages ask about the day of a visit: who may write of it, who is inside, what was raised, what was in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from groups.models import Group, GroupMembership
from groups.queries import is_led_by, members
from groups.seats import MONITORS
from groups.seats import Seat as SeatInGroup
from kit import clock
from peer_monitoring import records
from peer_monitoring.models import (
    Received,
    Record,
    SafetyCheck,
    Seat,
    SiteConcern,
    Trouble,
    Visit,
)
from peer_monitoring.queries.planning import OnTheTeam, my_seat, visit_of
from peer_monitoring.queries.writing import all_say_it_was_called_off, changed_from, finished_later
from peer_monitoring.standing import in_words as how_it_stands
from people.queries import names


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


@dataclass(frozen=True, slots=True)
class FromOne:
    """What counts of somebody: since when it is finished, or when it came and why it is not; and why it was not before.

    `is_to_choose` is where records differ and nobody has chosen which of them counts.
    """

    name: str
    at: datetime | None = None
    stopped: str = ""
    stopped_before: str = ""
    is_to_choose: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What was sent of a visit by each of its team and whoever left it, who sent nothing, and who says it is off.

    And of one that was called off, from whom something came since that does not say so.
    """

    each: list[FromOne]
    waits_for: list[str]
    called_off: list[str]
    after: list[str]

    @property
    def is_something(self) -> bool:
        """Whether anything has come."""
        return len(self.each) > len(self.waits_for)

    @property
    def is_from_all(self) -> bool:
        """Whether something has, and from everybody on the team."""
        return self.is_something and not self.waits_for


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


def whom_to_alarm(check: SafetyCheck) -> list[GroupMembership]:
    """Who learns that somebody is not back: the leads of the group, and the others on the team who are still in it."""
    team = set(Seat.objects.on(check.visit).values_list("person_id", flat=True))
    seats = [one.membership for one in members(check.visit.group) if one.membership.person_id != check.person_id]
    told = [one for one in seats if one.seat == SeatInGroup.LEAD or (one.seat in MONITORS and one.person_id in team)]
    return sorted(told, key=lambda one: one.person_id)


def leads_to_tell(visit: Visit, *, but: UUID | None) -> list[GroupMembership]:
    """Who learns what came of a visit: the leads of the group, but whoever it came from."""
    seats = [one.membership for one in members(visit.group)]
    return [one for one in seats if one.seat == SeatInGroup.LEAD and one.person_id != but]


def concerns_on(visit: Visit, person_id: UUID) -> list[RaisedOnVisit]:
    """What was raised on a visit and how it stands: all of it for a lead, and one's own for everybody else."""
    found = SiteConcern.objects.on(visit).without_words().select_related("visit__site__scheme")
    if not is_led_by(visit.group, person_id):
        found = found.of_person(person_id)
    concerns = list(found)
    known = names(one.person_id for one in concerns if one.person_id)
    scheme = visit.site.scheme
    return [
        RaisedOnVisit(
            name=(one.person_id and known.get(one.person_id)) or "Somebody", concern=one,
            stands=how_it_stands(one, scheme.name, is_open=scheme.is_open), is_mine=one.person_id == person_id,
        )
        for one in concerns
    ]  # fmt: skip


def is_place_told(visit: Visit, *, is_inside: bool = False) -> bool:
    """Whether a scheme is told where something was raised: of a visit that is held back, once the team was let in.

    What was said before the day, by somebody who pressed in haste, never counts; of one that was called off nothing
    does. `is_inside` is what somebody is about to say.
    """
    if not visit.is_held_back:
        return True
    if visit.day > clock.today() or visit.cancelled_at:
        return False
    day = datetime.combine(visit.day, time.min, clock.LONDON)
    said_in = SiteConcern.objects.on(visit).from_inside().raised_since(day)
    known = Visit.objects.visible_to_scheme(visit.scheme_id).filter(pk=visit.pk)
    went_in = SafetyCheck.objects.on(visit).since(day)
    return is_inside or said_in.exists() or went_in.exists() or known.exists()


def troubles_on(visit: Visit) -> QuerySet[Trouble]:
    """What kept the team from a visit."""
    return Trouble.objects.on(visit)


def can_be_logged(visit: Visit) -> bool:
    """Whether a visit can be over: somebody wrote something, or the team was not let in or had to leave.

    One of which all that came says that it was called off is called off by its lead instead, unless it has begun and
    somebody went there.
    """
    if not visit.is_on or visit.day > clock.today():
        return False
    came = Record.objects.on(visit).counting()
    if came.but_called_off().exists() or Trouble.objects.on(visit).ended_it().exists():
        return True
    return visit.began_at is not None and came.exists() and _somebody_went_there(visit)


def can_be_called_off(visit: Visit) -> bool:
    """Whether a visit can be called off: until it begins, and after that where all that came says that it was.

    Who presses “Begin” need not have gone there. Were it logged, its scheme would learn of one that was held back on
    which day somebody meant to come. Of two records of one person, one is chosen first: the other may say something
    else. What is written and not sent keeps nobody from calling it off, and can be sent afterwards.
    """
    if visit.began_at is None or not visit.is_on:
        return visit.can_change
    if not all_say_it_was_called_off(visit) or Record.objects.on(visit).to_choose().exists():
        return False
    return not _somebody_went_there(visit)


def _somebody_went_there(visit: Visit) -> bool:
    """Whether anything but a record says so: that somebody was in, or what was noted at the door.

    Whatever is noted there, also that a team was let in late or not at all, is what the place did with people who
    stood before it: it knows that they came, and what it did is not to be called off with the visit.
    """
    said_in = SafetyCheck.objects.on(visit).exists() or SiteConcern.objects.on(visit).from_inside().exists()
    return said_in or Trouble.objects.on(visit).exists()


def what_came(visit: Visit, team: Sequence[OnTheTeam]) -> Came:
    """What has come so far of a visit, also from whoever left its team, in a fixed number of statements."""
    found = {one.pk: one for one in Record.objects.on(visit).defer("answers", "problems")}
    going = {one.seat.person_id: one.name for one in team}
    sent: dict[UUID, list[Record]] = {who: [] for who in going}
    for one in found.values():
        if one.state != Record.State.REPLACED:
            # Of who was erased nobody can tell what came from one of them.
            sent.setdefault(one.person_id or one.pk, []).append(one)
    known = {**going, **names(set(sent) - set(going))}
    theirs = [(known.get(who, "Somebody"), who in going, some) for who, some in sent.items()]
    later, off, after = finished_later(found), Record.Unfinished.CALLED_OFF, came_after(visit, found.values())
    return Came(
        each=[replace(_from_one(name, some, found, later), has_left=not is_going) for name, is_going, some in theirs],
        waits_for=[name for name, _, some in theirs if not some],
        called_off=[name for name, _, some in theirs if any(one.unfinished == off for one in some)],
        after=[name for name, _, some in theirs if after.intersection(one.pk for one in some)],
    )


def came_after(visit: Visit, some: Iterable[Record]) -> set[UUID]:
    """Of records that may count those of which something came after a visit was called off that does not say so.

    Of two between which nobody has chosen, either may count: then what was sent is asked itself.
    """
    off, called_off, to_choose = visit.cancelled_at, Record.Unfinished.CALLED_OFF, Record.State.CONFLICT
    if off is None:
        return set()
    found = [one for one in some if one.state != Record.State.REPLACED]
    sent = Received.objects.filter(record__in=[one.pk for one in found if one.state == to_choose], received_at__gt=off)
    after = {one.record_id for one in sent if not records.read(bytes(one.body)).says_called_off}
    rest = (one for one in found if one.state != to_choose and one.received_at > off)
    return after | {one.pk for one in rest if one.unfinished != called_off}


def _from_one(
    name: str, sent: Sequence[Record], found: Mapping[UUID, Record], later: Mapping[UUID, datetime]
) -> FromOne:
    if not sent:
        return FromOne(name)
    now = sent[0]
    if now.state == Record.State.CONFLICT:
        return FromOne(name, is_to_choose=True)
    if now.unfinished:
        return FromOne(name, now.received_at, now.stopped)
    chain = changed_from(now, found)
    before = next((one for one in chain if one.unfinished), None)
    if before is None:
        return FromOne(name, chain[-1].received_at)
    return FromOne(name, later[before.pk], stopped_before=before.stopped)

"""Where the demonstration's group has been: two visits of the past, each step at its own moment. Invented, and says so.

Both wrote what they found, as their phones send it: on one a photo came and another has not, the other was cut short.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from alongside.demo.agreed import INVENTED
from alongside.demo.photos import waiting_room
from groups.models import Group
from kit import clock, outbox
from peer_monitoring import actions, records
from peer_monitoring.actions.photos import receive_photo
from peer_monitoring.actions.planning import Plan
from peer_monitoring.models import Programme, Record, SafetyCheck, Trouble, Visit
from peer_monitoring.records import PhotoNamed, Sent, Stopped
from questions.models import QuestionSetVersion
from tenants.schemes.models import Site

LOOKED_ROUND, CUT_SHORT = 12, 41  # days ago
PLANNED = 10  # days before the visit
HALF_PAST_TEN = time(10, 30)
ROBIN_FOUND = {
    "signs": "qualified", "greeted": "yes", "wait_minutes": "25", "calm": "2", "room_clean": "pass",
    "wait_why": f"Nobody said why. {INVENTED}", "room_private": "fail", "room_has": "seats clock",
    "spoken_to_with_respect": "yes", "choice_of_worker": "partly", "culture_aware": "partly", "staff_diverse": "yes",
    "people_we_spoke_to": [
        {"person_is": "service_user", "person_agreed": "yes", "person_said": f"They were kind to me here. {INVENTED}"},
        {"person_is": "lnd_staff", "person_agreed": "yes", "person_said": f"We would like a quieter room. {INVENTED}"},
    ],
    "went_well": f"Somebody offered us water at once. {INVENTED}",
    "should_change": f"Say how long the wait will be. {INVENTED}",
}  # fmt: skip
NELL_FOUND = ROBIN_FOUND | {
    "signs": "fail", "calm": "3", "room_clean": "qualified", "room_has": "seats water clock", "choice_of_worker": "no",
    "wait_why": f"That the nurse was with somebody. {INVENTED}", "people_we_spoke_to": [], "went_well": "",
}  # fmt: skip
# Not all that must be answered: they sent what they had.
FOUND_BEFORE_LEAVING = {
    "signs": "pass", "greeted": "yes", "wait_minutes": "5", "calm": "4", "spoken_to_with_respect": "yes",
    "should_change": f"We could see no room this time. {INVENTED}",
}  # fmt: skip
LEFT_EARLY = Stopped(Record.Unfinished.CUT_SHORT, f"They needed every room, so we saw no more {INVENTED}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Who goes: the group's lead, and another."""

    lead: UUID
    other: UUID


@dataclass(frozen=True, slots=True)
class Past:
    """What all visits of the past have in common."""

    group: Group
    site: Site
    version: QuestionSetVersion
    programme: Programme
    pair: Pair


def have_been(past: Past, *, today: date) -> None:
    """Both visits, the earlier one first."""
    _cut_short(past, today - timedelta(days=CUT_SHORT))
    _looked_round(past, today - timedelta(days=LOOKED_ROUND))


def _looked_round(past: Past, day: date) -> None:
    """Each found something else in places; one sent a photo, and the other one's is still on the phone."""
    visit = _settled(past, day, is_held_back=False, photos_allowed=True)
    in_since = _begin(visit, past.pair, day)
    came, is_missing = waiting_room(), waiting_room(seats=3)
    _at(day, time(11, 50))
    photo = _photo(came)
    record = _send(visit, past.pair.other, ROBIN_FOUND, since=in_since, photos=(photo,))
    receive_photo(record=record, photo_id=photo.id, content=came)
    _come_out(visit, past.pair)
    _at(day, time(15, 5))
    _send(visit, past.pair.lead, NELL_FOUND, since=in_since, photos=(_photo(is_missing),))


def _cut_short(past: Past, day: date) -> None:
    """The team had to leave: one sent what they had, with why, and the lead waits for no more and closes the visit."""
    visit = _settled(past, day, is_held_back=True, photos_allowed=False)
    in_since = _begin(visit, past.pair, day)
    _at(day, time(11, 5))
    _come_out(visit, past.pair)
    actions.note_trouble(
        visit=visit, kind=Trouble.Kind.CUT_SHORT, by_role="Custody sergeant", minutes=35,
        why=f"They needed every room for an emergency {INVENTED}", by=past.pair.lead,
    )  # fmt: skip
    _send(visit, past.pair.other, FOUND_BEFORE_LEAVING, since=in_since, stopped=LEFT_EARLY)
    _at(day + timedelta(days=2), time(17))
    actions.say_logged(visit=visit, by=past.pair.lead)
    actions.close(visit=visit, by=past.pair.lead)


def _settled(past: Past, day: date, *, is_held_back: bool, photos_allowed: bool) -> Visit:
    _at(day - timedelta(days=PLANNED), time(9))
    plan = Plan(
        site=past.site, day=day, starts_at=HALF_PAST_TEN, version=past.version, is_held_back=is_held_back,
        photos_allowed=photos_allowed, meeting_point=f"At the bus stop opposite {INVENTED}",
    )  # fmt: skip
    visit = actions.plan(group=past.group, what=plan, programme=past.programme, by=past.pair.lead)
    actions.choose_team(visit=visit, people=[past.pair.lead, past.pair.other], by=past.pair.lead)
    actions.make_ready(visit=visit, by=past.pair.lead)
    _work()
    return visit


def _begin(visit: Visit, pair: Pair, day: date) -> datetime:
    _at(day, HALF_PAST_TEN)
    for person in (pair.other, pair.lead):
        actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=2), by=person)
    actions.begin(visit=visit, by=pair.other)
    return clock.now()


def _come_out(visit: Visit, pair: Pair) -> None:
    for person in (pair.other, pair.lead):
        actions.come_out(check=SafetyCheck.objects.on(visit).get(person_id=person), by=person)


def _photo(content: bytes) -> PhotoNamed:
    return PhotoNamed(uuid4(), records.sha256(content), "room_photo")


def _send(
    visit: Visit,
    by: UUID,
    answers: dict[str, Any],
    *,
    since: datetime,
    photos: tuple[PhotoNamed, ...] = (),
    stopped: Stopped | None = None,
) -> Record:
    sent = Sent(uuid4(), visit.pk, visit.version_id, None, since, clock.now(), answers, photos, stopped)
    return Record.objects.get(pk=actions.receive(body=records.written(sent), by=by).instance_id)


def _at(day: date, hour: time) -> None:
    clock.set_to(datetime.combine(day, hour, clock.LONDON), frozen=True)


def _work() -> None:
    while outbox.work_once():
        pass

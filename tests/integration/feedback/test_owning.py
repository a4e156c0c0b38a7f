"""Who sees to a point: chosen before it is decided, told by the clock, covered for, and handed back (S18, S89)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, erasure, outbox, scheduler
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotTheirs
from tenants.feedback.models import Escalation, Point
from tenants.feedback.queries import Tab, Who
from tenants.feedback.rules import Answer, Decision, Stage, Step
from tenants.schemes.actions import end_membership, take_back_absence
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.queries import seats_of, with_covers
from tenants.schemes.rights import Role
from tests.factories.feedback import claimed, decided, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone
from tests.factories.schemes import away

ClientAt = Callable[..., Client]
Member = tuple[Person, Membership]


@pytest.fixture(autouse=True)
def clock_back() -> Iterator[None]:
    yield
    clock.set_to(None)


@pytest.fixture
def manager(inside: Scheme) -> Member:
    return named(staff(inside, Role.MANAGER), "manager")


@pytest.fixture
def worker(inside: Scheme) -> Member:
    """Who sees to the point of these tests: a practitioner, who may not decide."""
    return named(staff(inside, Role.PRACTITIONER), "Wren Worker")


def named(member: Member, name: str) -> Member:
    Person.objects.filter(pk=member[0].pk).update(name=name)
    return member


def tick(day: date) -> None:
    """A tick in the morning of a day, as `alongside tick --at` makes one."""
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=clock.LONDON)
    assert scheduler.tick(now=moment).failures == []
    clock.set_to(moment, frozen=True)


def told() -> set[tuple[str, str]]:
    """Who was told of a clock, by name, and at which step."""
    people = {person.pk: person.name for person in Person.objects.all()}
    found = Notice.objects.filter(kind__startswith="clock_")
    return {(people[one.person_id], one.kind.removeprefix("clock_")) for one in found}


def given(owner: Membership, *points: Point, by: Person) -> None:
    actions.assign(points=[point.pk for point in points], owner=owner, by=by)


def read(client_at: ClientAt, scheme: Scheme, person: Person, address: str) -> str:
    with enter("public"):
        return client_at(scheme, person).get(address).content.decode()


def test_a_point_has_an_owner_before_it_is_decided_s89(
    client_at: ClientAt, inside: Scheme, lead: Person, worker: Member
) -> None:
    point = said()
    desk = client_at(inside, lead)
    answer = desk.post(f"/points/{point.pk}/assign/", {"owner": str(worker[1].pk)})
    assert answer["Location"] == f"/points/{point.pk}/"
    assert "Wren Worker, Practitioner" in desk.get(f"/points/{point.pk}/").content.decode()
    assert "Wren Worker, Practitioner" in desk.get("/points/").content.decode()
    desk.post(f"/points/{point.pk}/assign/", {"owner": "nobody"})
    with enter(inside):
        (row,) = queries.register().object_list
        assert row.owner == "no one yet"


def test_who_said_it_reads_the_role_and_never_the_name(
    client_at: ClientAt, inside: Scheme, lead: Person, worker: Member
) -> None:
    robin = someone()
    point = said(somebody(robin))
    given(worker[1], point, by=lead)
    decided(point, worker[1])
    page = read(client_at, inside, robin, f"/mine/{point.pk}/")
    assert "Practitioner" in page and "Wren" not in page


def test_the_register_shows_mine_and_those_of_nobody(
    client_at: ClientAt, inside: Scheme, owner: Membership, lead: Person, worker: Member
) -> None:
    mine, _ = said(words="This one is mine."), said(words="This one is nobodys.")
    given(worker[1], mine, by=lead)
    for who, shown, hidden in (("mine", "mine", "nobodys"), ("nobody", "nobodys", "mine")):
        page = read(client_at, inside, worker[0], f"/points/?who={who}")
        assert f"This one is {shown}." in page and f"This one is {hidden}." not in page
    decided(said(words="a promise"), owner)
    rows = queries.register(tab=Tab.ALL, who=Who.NOBODY).object_list
    assert [row.point.said for row in rows] == ["This one is nobodys."]


def test_what_somebody_sees_to_waits_for_them_and_no_longer_for_the_others(
    client_at: ClientAt, inside: Scheme, lead: Person, worker: Member
) -> None:
    other = staff(inside, Role.PRACTITIONER)[0]
    point = said(slip(may_publish=False), words="Nobody told me.")
    given(worker[1], point, by=lead)
    waits = "See what somebody said: “Nobody told me.”"
    assert waits in read(client_at, inside, worker[0], "/staff/")
    assert waits not in read(client_at, inside, other, "/staff/")
    actions.acknowledge(point=point, by=lead)
    # A practitioner may see to it and not decide: it waits for the lead too.
    assert "See to what somebody said: “Nobody" in read(client_at, inside, worker[0], "/staff/")
    assert "Decide about what somebody said: “Nobody" in read(client_at, inside, lead, "/staff/")


def test_many_are_given_to_one_all_or_none_and_twenty_times_is_once(
    client_at: ClientAt, inside: Scheme, lead: Person, worker: Member
) -> None:
    points = [said(words=f"Number {number}") for number in range(3)]
    desk = client_at(inside, lead)
    sent = {"points": [str(one.pk) for one in points], "owner": str(worker[1].pk), "back": "show=all&page=1"}
    missing = desk.post("/points/assign/", {**sent, "points": [*sent["points"], str(uuid4())]})
    assert missing.status_code == 200 and "is not here any more" in missing.content.decode()
    with enter(inside):
        assert not Point.objects.exclude(owner_membership_id=None).exists()
    for _ in range(20):
        assert desk.post("/points/assign/", sent)["Location"] == "/points/?show=all&page=1"
    assert "Who sees to them is written down" in desk.get("/points/?show=all&page=1").content.decode()
    with enter(inside):
        assert Point.objects.owned_by([worker[1].pk]).count() == 3
        assert Entry.objects.filter(what="said who sees to a point").count() == 3
    assert "Choose" in desk.post("/points/assign/", sent | {"owner": ""}).content.decode()
    again = desk.post("/points/assign/", sent | {"points": []}, follow=True).content.decode()
    assert "Tick at least one row" in again and f'value="{worker[1].pk}" selected' in again
    assert desk.post("/points/assign/", sent | {"back": "//elsewhere.example"})["Location"].startswith("/points/?")


def test_nobody_from_another_scheme_and_nobody_who_left_is_given_a_point(
    inside: Scheme, other_scheme: Scheme, lead: Person, worker: Member
) -> None:
    point = said()
    Membership.objects.filter(pk=worker[1].pk).update(until=clock.today())
    for owner in (staff(other_scheme)[1], worker[1]):
        with pytest.raises(NotTheirs):
            given(owner, point, by=lead)


def test_who_leaves_hands_back_what_is_not_confirmed(
    inside: Scheme, owner: Membership, lead: Person, worker: Member
) -> None:
    waiting, promised, confirmed, others = said(), said(), said(), said()
    given(worker[1], waiting, by=lead)
    given(owner, others, by=lead)
    decided(promised, worker[1])
    claimed(confirmed, worker[1])
    actions.confirm(sayer=the_sayer(confirmed), answer=Answer.YES, by=None)
    end_membership(membership=worker[1], by=None)
    while outbox.work_once():
        pass
    with enter(inside):
        assert set(Point.objects.owned_by([worker[1].pk])) == {confirmed}
        assert Point.objects.get(pk=others.pk).owner_membership_id == owner.pk
        (row,) = [row for row in queries.register(tab=Tab.DECIDED).object_list if row.point == promised]
        assert row.owner == "no one yet" and row.round.owner_role == "Practitioner"


def test_what_an_erased_colleague_saw_to_comes_back_with_the_next_tick(
    inside: Scheme, lead: Person, worker: Member
) -> None:
    point = said()
    given(worker[1], point, by=lead)
    with enter("public"):
        erasure.erase_person(worker[0].pk)
    tick(clock.today())
    assert Point.objects.get(pk=point.pk).owner_membership_id is None


def test_each_of_the_three_clocks_is_told_to_the_owner_the_lead_and_the_manager_once(
    inside: Scheme, lead: Person, manager: Member, worker: Member
) -> None:
    Person.objects.filter(pk=lead.pk).update(name="lead")
    unseen, seen, promised = said(), said(), said()
    actions.acknowledge(point=seen, by=lead)
    given(worker[1], unseen, seen, by=lead)
    decided(promised, worker[1], due=date(2026, 12, 18))
    # The day of each step: between 18 December and five working days after it lies Christmas.
    steps = {
        unseen: (date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 16)),
        seen: (date(2026, 11, 26), date(2026, 12, 1), date(2026, 12, 7)),
        promised: (date(2026, 12, 16), date(2026, 12, 19), date(2026, 12, 29)),
    }
    for point, days in steps.items():
        Notice.objects.all().delete()
        before: set[tuple[str, str]] = set()
        for day, who in zip(days, (("Wren Worker", "owner"), ("lead", "lead"), ("manager", "manager")), strict=True):
            tick(day - timedelta(days=1))
            assert told() == before, day
            before |= {who}
            tick(day)
            tick(day)
            assert told() == before, day
        assert Notice.objects.filter(kind__startswith="clock_").count() == 3
        taken = Escalation.objects.filter(point=point).values_list("step", flat=True)
        assert sorted(taken) == sorted(step.value for step in Step)
        # Out of the way of the next clock.
        decided(point, worker[1], Decision.CANNOT, replaces=point.rounds.first())


def test_what_is_late_waits_for_the_lead_and_later_for_the_manager_too(
    client_at: ClientAt, inside: Scheme, lead: Person, manager: Member, worker: Member
) -> None:
    point = said(slip(may_publish=False), words="It is cold.")
    given(worker[1], point, by=lead)
    for day, seen in ((9, [True, False, False]), (10, [True, True, False]), (16, [True, True, True])):
        tick(date(2026, 11, day))
        people = (worker[0], lead, manager[0])
        assert ["It is cold." in read(client_at, inside, who, "/staff/") for who in people] == seen, day


def test_with_nobody_to_see_to_it_and_no_lead_the_manager_is_told(inside: Scheme, manager: Member) -> None:
    said()
    said()
    tick(date(2026, 11, 10))
    assert told() == {("manager", "owner"), ("manager", "lead")}
    # One line for each step and day, however many points there are.
    assert Notice.objects.filter(person=manager[0], path="/staff/").count() == 2


def test_of_what_is_not_now_or_answered_for_good_nobody_is_told(owner: Membership) -> None:
    decided(said(), owner, Decision.NOT_NOW, review_on=date(2026, 11, 20))
    decided(said(), owner, Decision.CANNOT)
    tick(date(2026, 11, 19))
    assert told() == set()


def test_not_now_comes_back_on_its_review_day_by_the_clock_alone(owner: Membership) -> None:
    point = said()
    decided(point, owner, Decision.NOT_NOW, review_on=date(2027, 1, 4))
    tick(date(2027, 1, 3))
    point.refresh_from_db()
    assert point.stage == Stage.TOLD
    tick(date(2027, 1, 4))
    point.refresh_from_db()
    assert (point.stage, point.due_on, point.owner_membership_id) == (Stage.SEEN, date(2027, 2, 1), owner.pk)
    assert point in {row.point for row in queries.register(tab=Tab.WAITING).object_list}


def test_while_somebody_is_away_their_cover_is_told_and_sees_the_work_and_then_no_more(
    client_at: ClientAt, inside: Scheme, lead: Person, worker: Member
) -> None:
    cover, _ = named(staff(inside, Role.STR_WORKER), "cover")
    given(worker[1], said(slip(may_publish=False), words="It is cold."), by=lead)
    assert "It is cold." not in read(client_at, inside, cover, "/staff/")
    absence = away(inside, worker[0].pk, cover=cover.pk, days=8)
    page = read(client_at, inside, cover, "/staff/")
    assert "It is cold." in page and "You cover for Wren Worker" in page
    assert "It is cold." in read(client_at, inside, cover, "/points/?who=mine")
    tick(date(2026, 11, 5))
    assert told() == {("Wren Worker", "owner"), ("cover", "owner")}
    tick(absence.last_day)
    assert "It is cold." in read(client_at, inside, cover, "/staff/")
    tick(absence.last_day + timedelta(days=1))
    page = read(client_at, inside, cover, "/staff/")
    assert "It is cold." not in page and "You cover" not in page


def test_whoever_covers_for_somebody_who_covers_is_reached_and_a_ring_ends(inside: Scheme) -> None:
    people = [staff(inside, Role.PRACTITIONER)[0] for _ in range(3)]
    absences = [
        away(inside, one.pk, cover=cover.pk) for one, cover in zip(people, people[1:] + people[:1], strict=True)
    ]
    assert with_covers(inside, [people[0].pk]) == {one.pk for one in people}
    assert len(seats_of(inside, people[0].pk)) == 3
    take_back_absence(absence=absences[2], by=None)
    assert with_covers(inside, [people[1].pk]) == {people[1].pk, people[2].pk}
    assert {one.person_id for one in seats_of(inside, people[0].pk)} == {people[0].pk}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SAFEGUARDING_LEAD])
def test_nobody_is_given_what_they_can_do_nothing_with(
    client_at: ClientAt, inside: Scheme, lead: Person, role: Role
) -> None:
    """An editor has no register to open it in, and a safeguarding lead may only read it."""
    seat = named(staff(inside, role), "Cannot")[1]
    point = said()
    with pytest.raises(NotTheirs, match="do something about it"):
        given(seat, point, by=lead)
    with pytest.raises(NotTheirs, match="do something about it"):
        decided(point, seat, by=lead)
    for address in ("assign", "decide"):
        assert "Cannot" not in read(client_at, inside, lead, f"/points/{point.pk}/{address}/")

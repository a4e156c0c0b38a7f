"""Whoever leaves a team, or goes on visits with a group no more: what only they and their lead had read goes."""

import pytest

from audit.models import Entry
from groups import actions as of_groups
from groups.queries import seat
from peer_monitoring import actions, queries
from peer_monitoring.models import Draft, Record, SealedDraft, Seat, Visit
from people.models import Person
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, logged, make_ready, planned, ready_group, settled, under_way, written
from tests.factories.people import someone
from tests.factories.phones import sealed_draft

NEEDS = "A break every hour"


@pytest.fixture
def who(ready: Ready) -> Person:
    return ready.monitors[0]


def seat_on(visit: Visit, person: Person) -> Seat:
    return Seat.objects.get(visit=visit, person_id=person.pk)


def needing(visit: Visit, person: Person) -> Visit:
    actions.write_needs(seat=seat_on(visit, person), needs=NEEDS)
    return visit


def drafting(visit: Visit, person: Person) -> Draft:
    draft = actions.open_draft(visit=visit, by=person.pk)
    return actions.save_answers(draft=draft, how=lambda was: {**was, "told": "yes"})


def rung(visit: Visit) -> tuple[str, object]:
    visit.refresh_from_db()
    return visit.to_ring, visit.to_ring_of_id


def leave(person: Person, ready: Ready) -> None:
    of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)


def only_support(person: Person, ready: Ready) -> None:
    held = seat(person.pk, ready.group)
    of_groups.change_seat(membership=held, seat="supporter", capacity=held.capacity, by=ready.lead.pk)


def test_who_is_taken_off_a_team_is_asked_anew_what_they_need(ready: Ready, who: Person) -> None:
    visit = needing(planned(ready), who)
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk], by=ready.lead.pk)
    assert seat_on(visit, who).needs == ""
    actions.choose_team(visit=visit, people=[one.pk for one in ready.monitors], by=ready.lead.pk)
    assert (seat_on(visit, who).left_at, seat_on(visit, who).needs) == (None, "")


@pytest.mark.parametrize("way", [leave, only_support])
def test_who_leaves_the_group_is_off_its_teams_with_their_needs_and_drafts(way, ready, who, work) -> None:
    to_come, on_it, over = needing(settled(ready), who), needing(under_way(ready), who), needing(logged(ready), who)
    called_off = needing(settled(ready), who)
    actions.cancel(visit=called_off, why="Ill", by=ready.lead.pk)
    for visit in (on_it, over):
        drafting(visit, who)
        sealed_draft(visit, who)
    sent = written(on_it, who)
    drafting(on_it, ready.monitors[1])
    sealed_draft(on_it, ready.monitors[1])
    needing(to_come, ready.monitors[1])
    way(who, ready)
    work()
    visits = (to_come, on_it, over, called_off)
    assert [seat_on(visit, who).left_at is None for visit in visits] == [False, False, True, True]
    assert {seat_on(visit, who).needs for visit in visits} == {""}
    for kind in (Draft, SealedDraft):
        assert list(kind.objects.values_list("person_id", flat=True)) == [ready.monitors[1].pk]
    assert seat_on(to_come, ready.monitors[1]).needs == NEEDS
    assert Record.objects.get().pk == sent.pk, "what was sent is the group's"
    assert [one.seat.person_id for one in queries.seats_on(to_come)] == [ready.monitors[1].pk]
    assert Entry.objects.filter(what="took somebody off the teams of a group", subject=who.pk).count() == 1


def test_of_somebody_on_no_team_nothing_is_written_down(ready: Ready, who: Person, work) -> None:
    visit = planned(ready)
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk], by=ready.lead.pk)
    when = seat_on(visit, who).left_at
    leave(who, ready)
    work()
    assert seat_on(visit, who).left_at == when
    assert not Entry.objects.filter(what="took somebody off the teams of a group").exists()


def test_in_another_group_they_go_as_before(scheme: Scheme, ready: Ready, who: Person, work) -> None:
    others = ready_group(scheme, "Others")
    seated(others.group, who)
    make_ready(who, others.group, others.lead, others.site)
    others.monitors[0] = who
    visit, left = needing(under_way(others), who), needing(settled(ready), who)
    drafting(visit, who)
    leave(who, ready)
    work()
    assert (seat_on(visit, who).left_at, seat_on(visit, who).needs) == (None, NEEDS)
    assert seat_on(left, who).left_at is not None
    assert Draft.objects.get().visit == visit


def test_who_came_back_before_the_message_keeps_what_is_theirs(ready: Ready, who: Person, work) -> None:
    visit = needing(settled(ready), who)
    leave(who, ready)
    seated(ready.group, who)
    work()
    assert (seat_on(visit, who).left_at, seat_on(visit, who).needs) == (None, NEEDS)


def test_from_lead_to_monitor_somebody_goes_as_before(ready: Ready, who: Person, work) -> None:
    visit = needing(settled(ready), who)
    held = seat(who.pk, ready.group)
    of_groups.change_seat(membership=held, seat="lead", capacity=held.capacity, by=ready.lead.pk)
    work()
    assert (seat_on(visit, who).left_at, seat_on(visit, who).needs) == (None, NEEDS)


def test_it_is_said_before_somebody_leaves(client_at, ready: Ready, who: Person) -> None:
    words = "not sent"
    assert words in client_at(None, who).get("/groups/voices/leave/").content.decode()
    led, held = client_at(None, ready.lead), seat(who.pk, ready.group)
    for page in ("", "end/"):
        assert words in led.get(f"/groups/voices/seats/{held.pk}/{page}").content.decode()


def readings(ready: Ready) -> set[object]:
    found = Entry.objects.filter(operation="read", by=ready.lead.pk, thing_id=str(ready.group.pk))
    return set(found.values_list("subject", flat=True))


@pytest.mark.parametrize("page", ["", "team/", "team/?draw"])
def test_a_lead_who_reads_who_is_ready_for_a_visit_is_in_the_record(page, client_at, ready: Ready) -> None:
    visit = planned(ready)
    client_at(None, ready.monitors[0]).get(f"/groups/voices/visits/{visit.pk}/")
    assert not Entry.objects.filter(operation="read").exists(), "who goes too reads names alone"
    client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/{page}")
    assert readings(ready) == {one.pk for one in ready.monitors}


def test_what_somebody_needed_is_in_the_record_too_and_names_alone_are_not(client_at, ready, who) -> None:
    visit, led = logged(ready), client_at(None, ready.lead)
    led.get(f"/groups/voices/visits/{visit.pk}/")
    assert readings(ready) == set()
    needing(visit, who)
    led.get(f"/groups/voices/visits/{visit.pk}/")
    assert readings(ready) == {one.pk for one in ready.monitors}


def test_the_number_of_whoever_leaves_the_group_goes_and_that_of_a_supporter_stays(
    ready: Ready, who: Person, work
) -> None:
    theirs = settled(ready, to_ring="Robin, 07700 900 982", to_ring_of_id=who.pk)
    another = settled(ready, to_ring="Kim, 07700 900 983", to_ring_of_id=ready.lead.pk)
    only_support(who, ready)
    work()
    assert rung(theirs) == ("Robin, 07700 900 982", who.pk)
    leave(who, ready)
    work()
    assert rung(theirs) == ("", None)
    assert rung(another) == ("Kim, 07700 900 983", ready.lead.pk)


def test_the_number_of_a_supporter_goes_with_them(ready: Ready, work) -> None:
    helper = someone("Helper")
    seated(ready.group, helper, seat="supporter")
    visit = settled(ready, to_ring="Helper, 07700 900 982", to_ring_of_id=helper.pk)
    leave(helper, ready)
    work()
    assert rung(visit) == ("", None)

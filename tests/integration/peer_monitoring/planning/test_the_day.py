"""A team begins a visit and notes what was in the way; whoever has left goes no more."""

from datetime import timedelta

import pytest

from groups import actions as of_groups
from groups.queries import seat
from kit import clock
from peer_monitoring import actions, queries
from peer_monitoring.errors import NotOnTheTeam, TooLate
from peer_monitoring.models import Trouble, Visit
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import logged, planned, ready_group, settled, under_way
from tests.factories.people import someone
from tests.integration.peer_monitoring.planning.steps import place


def test_only_somebody_on_the_team_begins_a_visit_that_is_settled(ready):
    visit = settled(ready)
    with pytest.raises(NotOnTheTeam):
        actions.begin(visit=visit, by=ready.lead.pk)
    with pytest.raises(TooLate):
        actions.begin(visit=planned(ready), by=ready.monitors[0].pk)
    begun = actions.begin(visit=visit, by=ready.monitors[0].pk)
    again = actions.begin(visit=visit, by=ready.monitors[1].pk)
    assert begun.began_at == again.began_at


def test_a_visit_that_has_begun_keeps_its_plan_and_its_version(led, ready):
    visit = under_way(ready)
    for act in (
        lambda: actions.change_plan(visit=visit, what=ready.plan(), by=ready.lead.pk),
        lambda: actions.choose_team(visit=visit, people=[], by=ready.lead.pk),
    ):
        with pytest.raises(TooLate):
            act()
    assert "Change the plan" not in led.get(place(visit)).content.decode()


def test_what_was_in_the_way_is_noted_with_who_why_and_minutes(going, ready):
    visit = under_way(ready)
    given = {"kind": "delayed", "by_role": "Custody sergeant", "why": "Handover", "minutes": "25"}
    going.post(place(visit, "trouble/"), given)
    trouble = Trouble.objects.on(visit).get()
    assert (trouble.by_role, trouble.why, trouble.minutes) == ("Custody sergeant", "Handover", 25)
    assert "We were let in late, 25 minutes: Handover (Custody sergeant)" in going.get(place(visit)).content.decode()


def test_a_monitor_who_does_not_go_writes_nothing_about_a_visit(client_at, ready):
    other = someone("Other")
    seated(ready.group, other, seat="monitor")
    assert client_at(None, other).get(place(under_way(ready), "trouble/")).status_code == 404


def test_a_visit_is_closed_only_once_it_is_logged(ready):
    with pytest.raises(TooLate):
        actions.close(visit=under_way(ready), by=ready.lead.pk)
    assert actions.close(visit=logged(ready), by=ready.lead.pk).state == Visit.State.CLOSED


PATHS = ["", "change/", "team/", "settle/", "call-off/", "close/", "concern/", "trouble/", "needs/"]


@pytest.mark.parametrize("path", PATHS)
def test_another_groups_visit_is_not_there(path, client_at, ready):
    visit = planned(ready)
    other = ready_group(Scheme.objects.get(slug="ashmere"), "Others")
    client = client_at(None, other.lead)
    assert client.get(place(visit, path)).status_code == 404
    assert client.get(f"/groups/others/visits/{visit.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_supporter_finds_no_visit(path, client_at, ready):
    helper = someone("Helper")
    seated(ready.group, helper, seat="supporter")
    assert client_at(None, helper).get(place(planned(ready), path)).status_code == 404


def test_who_leaves_the_group_goes_no_more(client_at, ready):
    visit = settled(ready)
    person = ready.monitors[0]
    of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)
    assert list(queries.my_visits(person.pk)) == []
    assert person.pk not in {one.person_id for one in queries.team_of(visit)}


def test_a_visit_does_not_begin_before_its_day(ready):
    visit = settled(ready, day=clock.today() + timedelta(days=3))
    with pytest.raises(TooLate, match="It can begin on that day"):
        actions.begin(visit=visit, by=ready.monitors[0].pk)


def test_who_only_supports_the_group_now_goes_on_no_visit_any_more(ready):
    settled(ready)
    person = ready.monitors[0]
    held = seat(person.pk, ready.group)
    of_groups.change_seat(membership=held, seat="supporter", capacity=held.capacity, by=ready.lead.pk)
    assert list(queries.my_visits(person.pk)) == []

"""Plans, teams, and who is inside: each is of one group, one visit and one person, and of what is not over."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kit import clock
from kit.models import OutboxMessage
from peer_monitoring import actions, queries
from peer_monitoring.errors import NotOnTheTeam
from peer_monitoring.models import Programme, SafetyCheck, Seat, Trouble, Visit
from people.models import Person
from tenants.schemes.models import Scheme, Site
from tests.factories.peer_monitoring import Ready, inside, logged, planned, ready_group, settled, under_way, written

HOUR = timedelta(hours=1)


@pytest.fixture
def others(scheme: Scheme) -> Ready:
    return ready_group(scheme, "Others")


def programme(of: Ready, *sites: Site) -> Programme:
    asked = of.plan().version.question_set
    made = actions.begin_programme(group=of.group, name="Each year", question_set=asked, by=of.lead.pk)
    for site in sites:
        actions.add_place(programme=made, site=site, months=12, by=of.lead.pk)
    return made


def with_team(ready: Ready, *people: Person) -> Visit:
    visit = planned(ready)
    actions.choose_team(visit=visit, people=[one.pk for one in people], by=ready.lead.pk)
    return actions.make_ready(visit=visit, by=ready.lead.pk)


def test_a_group_has_its_own_programmes_each_with_its_own_places(scheme, ready, others) -> None:
    here, there = ready.site, scheme.sites.latest("name")
    ours, beside, theirs = programme(ready, here), programme(ready, there), programme(others, here, there)
    assert set(queries.programmes_of(ready.group)) == {ours, beside}
    assert list(queries.programmes_of(others.group)) == [theirs]
    assert [[one.place.site for one in queries.what_is_due(of)] for of in (ours, beside)] == [[here], [there]]


def test_where_another_group_was_and_goes_a_place_is_due_as_before(ready, others) -> None:
    ours, theirs = programme(ready, ready.site), programme(others, others.site)
    visit = under_way(others)
    for monitor in others.monitors:
        written(visit, monitor)
    settled(others)
    (due,), (gone,) = queries.what_is_due(ours), queries.what_is_due(theirs)
    assert (due.last, due.next, due.is_due) == (None, None, True)
    assert (gone.last, gone.next) == (clock.today(), clock.today())


def test_a_place_was_visited_once_all_that_was_written_there_has_come(ready) -> None:
    of, visit = programme(ready, ready.site), under_way(ready)
    for monitor, last in zip(ready.monitors, (None, clock.today()), strict=True):
        written(visit, monitor)
        assert [one.last for one in queries.what_is_due(of)] == [last]


def test_what_is_logged_or_was_called_off_is_to_come_no_more(ready) -> None:
    logged(ready)
    actions.cancel(visit=settled(ready), why="Ill", by=ready.lead.pk)
    comes = settled(ready)
    assert list(queries.coming(ready.group)) == list(queries.my_visits(ready.monitors[0].pk)) == [comes]


def test_only_the_team_of_this_visit_begins_it_and_goes_in(ready) -> None:
    visit, who = with_team(ready, ready.lead, ready.monitors[1]), ready.monitors[0]
    settled(ready)
    with pytest.raises(NotOnTheTeam):
        actions.begin(visit=visit, by=who.pk)
    with pytest.raises(NotOnTheTeam):
        actions.say_in(visit=visit, out_by=clock.now() + HOUR, by=who.pk)


def test_everybody_says_how_long_they_are_inside_for_themselves_and_on_each_visit(ready) -> None:
    one, other = settled(ready), settled(ready)
    first, second = ready.monitors
    before = [inside(one, second), inside(other, first)]
    said = actions.say_in(visit=one, out_by=clock.now() + HOUR, by=first.pk)
    assert (said.visit, said.person_id) == (one, first.pk)
    kept = {check.pk: check.due_out_at for check in SafetyCheck.objects.exclude(pk=said.pk)}
    assert kept == {check.pk: check.due_out_at for check in before}


def test_who_goes_on_another_visit_learns_of_no_alarm_here(ready) -> None:
    settled(ready)
    check = inside(with_team(ready, ready.lead, ready.monitors[1]), ready.monitors[1])
    assert [one.person_id for one in queries.whom_to_alarm(check)] == [ready.lead.pk]


def test_what_kept_a_team_from_one_visit_kept_none_from_another(ready) -> None:
    visit, beside, third = under_way(ready), under_way(ready), under_way(ready)
    noted = actions.note_trouble(
        visit=visit, kind=Trouble.Kind.REFUSED, by_role="Sergeant", why="Full", minutes=None, by=ready.lead.pk
    )
    written(third, ready.monitors[0])
    assert [list(queries.troubles_on(one)) for one in (visit, beside)] == [[noted], []]
    assert [queries.can_be_logged(one) for one in (visit, beside, third)] == [True, False, True]


def moved_to_tomorrow(visit: Visit, ready: Ready) -> None:
    actions.change_plan(visit=visit, what=ready.plan(day=clock.today() + timedelta(days=1)), by=ready.lead.pk)


def called_off(visit: Visit, ready: Ready) -> None:
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)


def another_team(visit: Visit, ready: Ready) -> None:
    actions.choose_team(visit=visit, people=[ready.monitors[0].pk, ready.lead.pk], by=ready.lead.pk)


def made_ready(visit: Visit, ready: Ready) -> None:
    actions.make_ready(visit=visit, by=ready.lead.pk)


@pytest.mark.parametrize(
    ("begun", "act"),
    [(settled, moved_to_tomorrow), (settled, called_off), (settled, another_team), (planned, made_ready)],
)
def test_news_of_a_visit_is_promised_to_those_on_its_own_team(
    begun: Callable[[Ready], Visit], act: Callable[[Visit, Ready], None], ready
) -> None:
    visit = begun(ready)
    settled(ready)
    OutboxMessage.objects.all().delete()
    act(visit, ready)
    promised = OutboxMessage.objects.filter(kind="peer_monitoring.team_news").values_list("payload__seat", flat=True)
    seats = {str(pk): visit_id for pk, visit_id in Seat.objects.values_list("pk", "visit_id")}
    assert {seats[one] for one in promised} == {visit.pk}

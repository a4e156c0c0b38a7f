"""A concern on a visit that is held back gets its place once the team was let in, and no trace of it before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kit import clock
from kit.dates import moment
from kit.models import OutboxMessage
from peer_monitoring import actions
from peer_monitoring.models import Record, SiteConcern, Visit
from people.models import Notice
from tenants.feedback import actions as at_the_scheme
from tenants.schemes.entering import enter
from tenants.schemes.models import Site
from tests.factories.peer_monitoring import Ready, settled, stopped, written
from tests.factories.phones import raised
from tests.integration.peer_monitoring.concerns.steps import arrived, concern_on, mine_of, seen_by, send


def on_the_door(ready: Ready, **more: object) -> Visit:
    """One that is held back, on which somebody who was not let in yet raised a concern."""
    visit = settled(ready, is_held_back=True, **more)
    raised(visit, ready.monitors[0], is_inside=False)
    return visit


def said_in(visit: Visit, ready: Ready) -> None:
    actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=2), by=ready.monitors[1].pk)


def raised_inside(visit: Visit, ready: Ready) -> None:
    raised(visit, ready.monitors[1], words="Another one")


def all_finished(visit: Visit, ready: Ready) -> None:
    for monitor in ready.monitors:
        written(visit, monitor)


def this_is_all(visit: Visit, ready: Ready) -> None:
    stopped(visit, ready.monitors[0], Record.Unfinished.REFUSED)
    actions.say_logged(visit=visit, by=ready.lead.pk)


@pytest.mark.parametrize("let_in", [said_in, raised_inside, all_finished, this_is_all])
def test_the_place_and_the_time_are_added_once_and_never_the_visit_the_group_or_who_it_was(
    let_in: Callable[[Visit, Ready], None], ready, lead, scheme, client_at
) -> None:
    visit, other = on_the_door(ready), on_the_door(ready)
    assert {one.how_it_came for one in arrived(scheme)} == {""}
    first = SiteConcern.objects.get(visit=visit)
    let_in(visit, ready)
    said = {one.pk: one.how_it_came for one in arrived(scheme)}
    assert said[first.kept_as] == f"From {ready.site.name}, {moment(first.raised_at)}"
    assert said[SiteConcern.objects.get(visit=other).kept_as] == "", "nothing is known of where nobody was let in"
    page = client_at(scheme, lead).get(f"/concerns/{first.kept_as}/").content.decode()
    assert f"From {ready.site.name}," in page
    assert not any(secret in page for secret in ("Voices", str(visit.pk), ready.monitors[0].name))
    promised = OutboxMessage.objects.filter(kind="peer_monitoring.concern_place")
    assert promised.exists() and not any(str(visit.pk) in f"{one.key} {one.payload}" for one in promised)


def not_finished(visit: Visit, ready: Ready) -> None:
    written(visit, ready.monitors[0])


def not_let_in(visit: Visit, ready: Ready) -> None:
    stopped(visit, ready.monitors[0], Record.Unfinished.REFUSED)


def raised_outside(visit: Visit, ready: Ready) -> None:
    raised(visit, ready.monitors[1], words="Another one", is_inside=False)


@pytest.mark.parametrize("what", [not_finished, not_let_in, raised_outside])
def test_before_the_team_was_let_in_nothing_is_added_or_promised(
    what: Callable[[Visit, Ready], None], ready, lead, scheme
) -> None:
    visit = on_the_door(ready)
    what(visit, ready)
    assert {one.how_it_came for one in arrived(scheme)} == {""}
    assert not OutboxMessage.objects.filter(kind="peer_monitoring.concern_place").exists()


@pytest.mark.parametrize("in_haste", [said_in, raised_inside])
@pytest.mark.parametrize("moved", [0, 2])
def test_what_is_said_in_haste_before_the_day_tells_no_place_and_what_is_said_on_it_does(
    moved, in_haste, ready, lead, scheme, at_moment
) -> None:
    first = clock.today() + timedelta(days=2)
    visit, day = on_the_door(ready, day=first), first + timedelta(days=moved)
    in_haste(visit, ready)
    assert {one.how_it_came for one in arrived(scheme)} == {""}
    Visit.objects.filter(pk=visit.pk).update(day=day)
    for days in range(moved + 1):
        at_moment(datetime.combine(first, datetime.min.time(), clock.LONDON) + timedelta(days=days, hours=1))
        assert {one.how_it_came for one in arrived(scheme)} == {""}
    visit.refresh_from_db()
    raised(visit, ready.monitors[1], words="Now they are in")
    assert all(one.how_it_came.startswith(f"From {ready.site.name}, ") for one in arrived(scheme))


def test_what_was_said_before_the_day_and_came_on_it_tells_no_place(ready, lead, scheme, phone) -> None:
    visit = settled(ready, is_held_back=True)
    said = clock.now() - timedelta(days=1)
    Visit.objects.filter(pk=visit.pk).update(ready_at=said)
    assert send(phone, concern_on(visit, inside=True, raised_at=said.isoformat())).status_code == 200
    assert [one.how_it_came for one in arrived(scheme)] == [""]


def test_after_somebody_was_inside_also_what_is_raised_at_the_door_says_where(ready, lead, scheme) -> None:
    visit = settled(ready, is_held_back=True)
    raised_inside(visit, ready)
    raised(visit, ready.monitors[0], is_inside=False)
    assert all(one.how_it_came.startswith(f"From {ready.site.name}, ") for one in arrived(scheme))


@pytest.mark.parametrize("days", [0, 1])
def test_of_one_that_was_called_off_nothing_is_told_also_where_somebody_says_that_they_are_in(
    days, ready, lead, scheme, at_moment
) -> None:
    visit = on_the_door(ready, day=clock.today() + timedelta(days=days))
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    at_moment(clock.now() + timedelta(days=days))
    raised_inside(visit, ready)
    assert {one.how_it_came for one in arrived(scheme)} == {""}


@pytest.mark.parametrize(("closed", "waits"), [(False, True), (True, False)])
def test_it_waits_anew_for_whoever_sees_to_it_and_has_not_closed_it(closed, waits, ready, lead, scheme, client_at):
    visit = on_the_door(ready)
    (concern,) = arrived(scheme)
    client_at(scheme, lead).get(f"/concerns/{concern.pk}/")
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=lead)
        if closed:
            at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=lead)
    said_in(visit, ready)
    arrived(scheme)
    assert Notice.objects.filter(person=lead, kind="concern", read_at=None).exists() == waits


def test_an_announced_visit_says_all_of_it_at_once(ready, lead, scheme) -> None:
    visit = settled(ready)
    raised(visit, ready.monitors[0], is_inside=False)
    said = [one.how_it_came for one in arrived(scheme)]
    said_in(visit, ready)
    assert [one.how_it_came for one in arrived(scheme)] == said
    assert not OutboxMessage.objects.filter(kind="peer_monitoring.concern_place").exists()


def moved_to(visit: Visit, site: Site, ready: Ready) -> None:
    """The lead moves it on the same day."""
    plan = ready.plan(site=site, is_held_back=visit.is_held_back, version=visit.version)
    actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)


@pytest.mark.parametrize("is_held_back", [True, False])
def test_of_a_visit_that_was_moved_since_the_place_is_named_where_it_was_raised(
    is_held_back, ready, other_place, lead, scheme, client_at
) -> None:
    visit, first, who = settled(ready, is_held_back=is_held_back), ready.site, ready.monitors[0]
    raised(visit, who, is_inside=False)
    moved_to(visit, other_place, ready)
    raised(visit, ready.monitors[1], words="Another one", is_inside=False)
    said_in(visit, ready)
    came = {one.words: one.how_it_came for one in arrived(scheme)}
    assert first.name in came["A man has had no water."] and other_place.name not in came["A man has had no water."]
    assert other_place.name in came["Another one"] and first.name not in came["Another one"]
    kept = SiteConcern.objects.get(person_id=who.pk).kept_as
    page = client_at(scheme, lead).get(f"/concerns/{kept}/").content.decode()
    assert first.name in page and other_place.name not in page
    assert seen_by(client_at, visit, ready.lead).count(f", at {first.name}") == 1
    assert f", at {first.name}" in seen_by(client_at, visit, who)
    assert ", at " not in seen_by(client_at, visit, ready.monitors[1])
    Visit.objects.filter(pk=visit.pk).update(cancelled_at=clock.now(), began_at=None)
    assert [one["site"] for one in mine_of(client_at, who)["concerns"]] == [first.name]


def test_what_came_after_a_move_names_the_place_at_which_it_was_raised_before(
    ready, other_place, lead, scheme, phone
) -> None:
    visit, first, began = settled(ready), ready.site, clock.now()
    told = []
    for hours, site in enumerate((other_place, first, None)):
        clock.set_to(began + timedelta(hours=hours), frozen=True)
        told.append(concern_on(visit, words=f"After {hours} hours"))
        clock.set_to(began + timedelta(hours=hours, minutes=30), frozen=True)
        if site is not None:
            moved_to(Visit.objects.get(pk=visit.pk), site, ready)
    for one in reversed(told):
        assert send(phone, one).status_code == 200
    came = {one.words: one.how_it_came for one in arrived(scheme)}
    where = [first.name, other_place.name, first.name]
    assert [f"a visit to {name}, " in came[f"After {hours} hours"] for hours, name in enumerate(where)] == [True] * 3


@pytest.mark.parametrize("is_held_back", [True, False])
def test_what_whoever_left_the_team_raises_names_the_place_that_they_knew(
    is_held_back, ready, other_place, lead, scheme, client_at
) -> None:
    visit, first, who = settled(ready, is_held_back=is_held_back), ready.site, ready.monitors[0]
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk, ready.lead.pk], by=ready.lead.pk)
    moved_to(Visit.objects.get(pk=visit.pk), other_place, ready)
    raised(visit, who, is_inside=False)
    assert [one["site"] for one in mine_of(client_at, who)["concerns"]] == [first.name]
    said_in(visit, ready)
    (came,) = arrived(scheme)
    assert first.name in came.how_it_came and other_place.name not in came.how_it_came


def test_of_what_was_raised_before_its_place_was_kept_the_place_of_the_visit_is_named(ready, lead, scheme) -> None:
    visit = on_the_door(ready)
    SiteConcern.objects.update(site_then="")
    said_in(visit, ready)
    assert [one.how_it_came.partition(",")[0] for one in arrived(scheme)] == [f"From {ready.site.name}"]


def test_somebody_inside_on_another_visit_tells_no_place_here(ready, lead, scheme) -> None:
    visit, other = on_the_door(ready), on_the_door(ready)
    raised_inside(other, ready)
    first = SiteConcern.objects.get(visit=visit)
    arrived(scheme)
    assert actions.where_raised(concern_id=first.pk) is None

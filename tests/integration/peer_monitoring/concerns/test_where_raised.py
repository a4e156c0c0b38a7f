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
from tests.factories.peer_monitoring import Ready, settled, stopped, written
from tests.factories.phones import raised
from tests.integration.peer_monitoring.concerns.steps import arrived


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


@pytest.mark.parametrize("moved", [0, 2])
def test_what_is_said_in_haste_before_the_day_is_told_on_the_day_also_of_one_that_was_moved(
    moved, ready, lead, scheme, at_moment
) -> None:
    day = clock.today() + timedelta(days=2)
    visit = settled(ready, is_held_back=True, day=day)
    raised(visit, ready.monitors[0])
    assert [one.how_it_came for one in arrived(scheme)] == [""]
    Visit.objects.filter(pk=visit.pk).update(day=day + timedelta(days=moved))
    for days in range(moved + 1):
        assert [one.how_it_came for one in arrived(scheme)] == [""]
        at_moment(datetime.combine(day + timedelta(days=days), datetime.min.time(), clock.LONDON) + timedelta(hours=1))
    (concern,) = arrived(scheme)
    assert concern.how_it_came.startswith(f"From {ready.site.name}, ")


def test_of_one_that_was_called_off_nothing_is_told(ready, lead, scheme, at_moment) -> None:
    visit = settled(ready, is_held_back=True, day=clock.today() + timedelta(days=2))
    raised(visit, ready.monitors[0])
    arrived(scheme)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    at_moment(clock.now() + timedelta(days=3))
    assert [one.how_it_came for one in arrived(scheme)] == [""]


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

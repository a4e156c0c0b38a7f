"""What somebody could not finish ends no visit: a scheme learns nothing by it, and whoever is let in late says so."""

from datetime import timedelta

import pytest
from django.test import Client

from kit import clock
from kit.erasure import erase_in_schema
from peer_monitoring import actions, queries
from peer_monitoring.models import Record, Visit
from tests.factories.peer_monitoring import Ready, settled, stopped, under_way, written
from tests.factories.questions import published

Why = Record.Unfinished
AFTER_THEY_WERE_THERE = [Why.REFUSED, Why.DELAYED, Why.CUT_SHORT, Why.OTHER]
FROM_ALL = "Everybody on the team has sent something."
CALLED_OFF = "sent what they had, because this visit was called off"


def held_back(ready: Ready, **more: object) -> Visit:
    return settled(ready, is_held_back=True, version=published(ready.group), **more)


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def page_of(client: Client, visit: Visit, path: str = "") -> str:
    return " ".join(client.get(place(visit, path)).content.decode().split())


def now(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


@pytest.mark.parametrize("why", AFTER_THEY_WERE_THERE)
def test_what_nobody_finished_logs_no_visit_and_its_page_tells_the_lead_what_to_do(why, led, scheme, ready) -> None:
    visit = held_back(ready)
    first, second = ready.monitors
    stopped(visit, first, why)
    assert FROM_ALL not in page_of(led, visit)
    stopped(visit, second, why)
    assert now(visit).state == Visit.State.UNDER_WAY
    assert not Visit.objects.visible_to_scheme(scheme.pk).exists()
    assert FROM_ALL in page_of(led, visit) and FROM_ALL in page_of(led, visit, "records/")
    led.post(place(visit, "records/logged/"))
    assert Visit.objects.visible_to_scheme(scheme.pk).get().state == Visit.State.LOGGED
    assert FROM_ALL not in page_of(led, visit)


def test_it_is_logged_once_the_last_of_them_has_finished(ready) -> None:
    visit = held_back(ready)
    first, second = ready.monitors
    unfinished = stopped(visit, first, Why.CUT_SHORT)
    written(visit, second)
    assert now(visit).state == Visit.State.UNDER_WAY
    written(visit, first, supersedes=unfinished.pk)
    assert now(visit).state == Visit.State.LOGGED


def test_whoever_had_finished_and_changes_it_to_unfinished_has_not_finished(ready) -> None:
    visit = held_back(ready)
    first, second = ready.monitors
    stopped(visit, first, Why.DELAYED, supersedes=written(visit, first))
    written(visit, second)
    assert now(visit).state == Visit.State.UNDER_WAY


def test_where_nobody_is_on_the_team_any_more_what_is_not_finished_logs_nothing(ready) -> None:
    visit = held_back(ready)
    visit.seats.update(left_at=clock.now())
    stopped(visit, ready.monitors[0], Why.CUT_SHORT)
    assert now(visit).state == Visit.State.UNDER_WAY


@pytest.mark.parametrize("why", list(Why))
def test_whoever_is_let_in_after_all_have_sent_what_they_had_says_that_they_go_in(why, ready) -> None:
    visit = held_back(ready)
    for monitor in ready.monitors:
        stopped(visit, monitor, why)
    check = actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=1), by=ready.monitors[0].pk)
    assert check.is_in


def test_what_says_that_it_was_called_off_begins_nothing_and_the_lead_calls_it_off(led, scheme, ready) -> None:
    visit = held_back(ready)
    first, second = ready.monitors
    stopped(visit, first, Why.CALLED_OFF)
    assert f"{first.name} {CALLED_OFF}" in page_of(led, visit)
    stopped(visit, second, Why.CALLED_OFF)
    page = page_of(led, visit)
    assert f"{first.name} and {second.name} {CALLED_OFF}" in page and FROM_ALL not in page
    assert "This is all" not in page_of(led, visit, "records/")
    led.post(place(visit, "records/logged/"))
    assert (now(visit).began_at, now(visit).logged_at) == (None, None)
    assert led.post(place(visit, "call-off/"), {"why": "Ill"}).status_code == 302
    assert now(visit).state == Visit.State.CANCELLED
    assert not Visit.objects.visible_to_scheme(scheme.pk).exists()
    assert CALLED_OFF not in page_of(led, visit)


def test_of_one_that_has_begun_the_lead_reads_who_says_that_it_was_called_off_and_whom_to_ask(led, ready) -> None:
    visit = under_way(ready, version=published(ready.group))
    first, second = ready.monitors
    record = stopped(visit, first, Why.CALLED_OFF)
    page = page_of(led, visit)
    assert f"{first.name} {CALLED_OFF}" in page and f"Nothing has come yet from {second.name}." in page
    stopped(visit, first, Why.DELAYED, supersedes=record)
    assert CALLED_OFF not in page_of(led, visit)
    stopped(visit, second, Why.CALLED_OFF)
    page = page_of(led, visit)
    assert f"{second.name} {CALLED_OFF}. Not all that was sent says so. Ask your team what happened." in page
    assert FROM_ALL in page and "Nothing has come yet" not in page


def two_were_erased(visit: Visit, ready: Ready) -> None:
    for monitor, why in zip(ready.monitors, (Why.OTHER, Why.CALLED_OFF), strict=True):
        stopped(visit, monitor, why)
        erase_in_schema(monitor.pk, "public")


def one_sent_both(visit: Visit, ready: Ready) -> None:
    first, second = ready.monitors
    for monitor, why in ((first, Why.OTHER), (second, Why.CALLED_OFF), (first, Why.CALLED_OFF)):
        stopped(visit, monitor, why)


@pytest.mark.parametrize("came", [two_were_erased, one_sent_both])
def test_no_page_says_that_it_was_called_off_where_one_record_that_counts_says_otherwise(
    as_owner, came, led, ready
) -> None:
    visit = under_way(ready, version=published(ready.group))
    came(visit, ready)
    assert not queries.all_say_it_was_called_off(visit)
    page, of_records = page_of(led, visit), page_of(led, visit, "records/")
    assert FROM_ALL in page and "sent that this visit was called off" not in page + of_records
    assert "This is all" in of_records and "It did not take place" not in of_records
    assert "What was sent says that it was called off." not in led.get("/groups/voices/visits/").content.decode()
    led.post(place(visit, "records/logged/"))
    assert "It did not take place" not in page_of(led, visit)


@pytest.mark.parametrize("why", ["", *Why])
def test_what_comes_of_a_visit_that_was_called_off_begins_nothing(why, ready) -> None:
    visit = held_back(ready)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    for monitor in ready.monitors:
        stopped(visit, monitor, why) if why else written(visit, monitor)
    assert (now(visit).began_at, now(visit).state) == (None, Visit.State.CANCELLED)


def test_what_was_sent_before_the_day_is_not_what_somebody_found_on_it(client_at, ready, at_moment) -> None:
    visit = held_back(ready, day=clock.today() + timedelta(days=2))
    first, second = ready.monitors
    early = written(visit, first)
    at_moment(clock.now() + timedelta(days=2))
    written(visit, second)
    assert now(visit).state == Visit.State.UNDER_WAY
    assert FROM_ALL in page_of(client_at(None, ready.lead), visit)
    written(visit, first, supersedes=early.pk)
    assert now(visit).state == Visit.State.LOGGED


def test_what_came_of_another_visit_came_of_none(led, ready) -> None:
    visit, beside, ahead = held_back(ready), held_back(ready), held_back(ready)
    for monitor in ready.monitors:
        stopped(beside, monitor, Why.DELAYED)
        stopped(ahead, monitor, Why.CALLED_OFF)
    page = page_of(led, visit)
    assert FROM_ALL not in page and CALLED_OFF not in page
    assert FROM_ALL in page_of(led, beside) and CALLED_OFF in page_of(led, ahead)


def test_what_was_replaced_says_no_more_that_it_was_called_off(client_at, ready, at_moment) -> None:
    visit = held_back(ready, day=clock.today() + timedelta(days=2))
    record = stopped(visit, ready.monitors[0], Why.CALLED_OFF)
    assert CALLED_OFF in page_of(client_at(None, ready.lead), visit)
    # The server's own clock was put right meanwhile.
    at_moment(clock.now() - timedelta(hours=1))
    stopped(visit, ready.monitors[0], Why.OTHER, supersedes=record)
    assert CALLED_OFF not in page_of(client_at(None, ready.lead), visit)


def test_what_was_replaced_by_that_it_was_called_off_ends_no_visit(client_at, ready, at_moment) -> None:
    visit = held_back(ready, day=clock.today() + timedelta(days=2))
    record = stopped(visit, ready.monitors[0], Why.OTHER)
    stopped(visit, ready.monitors[0], Why.CALLED_OFF, supersedes=record)
    at_moment(clock.now() + timedelta(days=2))
    assert "This is all" not in page_of(client_at(None, ready.lead), visit, "records/")


def test_only_its_lead_is_told_that_something_came_from_all(client_at, ready) -> None:
    visit = held_back(ready)
    for monitor in ready.monitors:
        stopped(visit, monitor, Why.DELAYED)
    assert FROM_ALL not in page_of(client_at(None, ready.monitors[0]), visit)


@pytest.mark.parametrize("is_called_off", [True, False])
def test_what_came_before_the_day_is_found_from_the_page_of_the_visit(is_called_off, client_at, led, ready) -> None:
    visit = held_back(ready, day=clock.today() + timedelta(days=2))
    going, way = client_at(None, ready.monitors[0]), f'href="{place(visit, "records/")}"'
    assert way not in page_of(led, visit) + page_of(going, visit)
    if is_called_off:
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    stopped(visit, ready.monitors[0], Why.CALLED_OFF)
    assert way in page_of(led, visit) and way in page_of(going, visit)
    assert led.get(place(visit, "records/")).status_code == 200

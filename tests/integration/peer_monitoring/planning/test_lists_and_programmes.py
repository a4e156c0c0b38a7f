"""Which visits stand first, and when a programme says that a place is due."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from peer_monitoring import actions, queries
from peer_monitoring.models import Visit
from tests.factories.peer_monitoring import logged, settled, written


def test_todays_and_the_next_visits_stand_before_those_whose_day_has_passed(led, going, ready):
    days = {name: settled(ready, meeting_point=name) for name in ("today", "next", "later", "gone", "long gone")}
    for name, ahead in (("next", 2), ("later", 400), ("gone", -1), ("long gone", -30)):
        Visit.objects.filter(pk=days[name].pk).update(day=clock.today() + timedelta(days=ahead))
    in_order = ["today", "next", "later", "gone", "long gone"]
    assert [one.meeting_point for one in queries.my_visits(ready.monitors[0].pk)] == in_order
    assert [one.meeting_point for one in queries.coming(ready.group)] == in_order
    page = led.get("/groups/voices/visits/").content.decode()
    assert page.index(str(days["later"].pk)) < page.index("Their day has passed") < page.index(str(days["gone"].pk))
    mine = going.get("/my/").content.decode()
    soon, late = clock.today(), clock.today() + timedelta(days=400)
    assert f"{ready.site.name}, {soon:%-d %B}<" in mine
    assert f"{ready.site.name}, {late:%-d %B %Y}<" in mine


def test_no_day_has_passed_where_every_visit_is_to_come(led, ready):
    settled(ready)
    assert "Their day has passed" not in led.get("/groups/voices/visits/").content.decode()


@pytest.mark.parametrize("visits", [1, 12])
def test_the_lists_of_visits_cost_the_same_for_any_number(visits, led, going, ready):
    for _ in range(visits):
        settled(ready)
        logged(ready)
    for client, path, most in ((led, "/groups/voices/visits/", 13), (going, "/visits/", 8)):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_a_programme_says_what_is_due(led, ready):
    version = ready.plan().version
    led.post("/groups/voices/programmes/new/", {"name": "Each half year", "question_set": str(version.question_set_id)})
    programme = queries.programmes_of(ready.group).get()
    address = f"/groups/voices/programmes/{programme.pk}/"
    led.post(address, {"site": str(ready.site.pk), "months": "6"})
    assert "Due" in led.get(address).content.decode()
    visit = settled(ready)
    due = queries.what_is_due(programme)[0]
    assert (due.next, due.is_due) == (visit.day, False)
    for monitor in ready.monitors:
        written(visit, monitor)
    due = queries.what_is_due(programme)[0]
    assert (due.last, due.next, due.again_on) == (visit.day, None, queries.months_later(visit.day, 6))


def test_a_place_is_taken_from_a_programme_and_the_programme_ends(led, ready):
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    place_of_it = actions.add_place(programme=programme, site=ready.site, months=3, by=ready.lead.pk)
    led.post(f"/groups/voices/programmes/{programme.pk}/places/{place_of_it.pk}/take-away/")
    assert queries.what_is_due(programme) == []
    led.post(f"/groups/voices/programmes/{programme.pk}/end/")
    assert "ended" in led.get("/groups/voices/programmes/").content.decode()


def test_a_month_that_is_too_short_ends_a_visit_on_its_last_day():
    assert queries.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert queries.months_later(date(2026, 11, 30), 2) == date(2027, 1, 30)


def test_a_visit_that_nobody_went_on_leaves_its_place_due(ready):
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    actions.add_place(programme=programme, site=ready.site, months=3, by=ready.lead.pk)
    visit = settled(ready)
    Visit.objects.filter(pk=visit.pk).update(day=clock.today() - timedelta(days=1))
    assert queries.what_is_due(programme)[0].is_due

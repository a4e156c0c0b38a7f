"""Which visits stand first, and when a programme says that a place is due."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.queries import seat
from kit import clock
from kit.dates import day
from peer_monitoring import actions, queries
from peer_monitoring.models import Visit
from tenants.schemes.models import Scheme, Site
from tests.factories.groups import seated, works_there
from tests.factories.peer_monitoring import logged, planned, settled, under_way, written
from tests.factories.people import someone
from tests.factories.questions import published
from tests.integration.peer_monitoring.planning.steps import place


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
    for one in (soon, late):
        assert f"{ready.site.name}, {day(one)}<" in mine


@pytest.mark.parametrize("path", ["/visits/", "/groups/voices/visits/"])
def test_visits_to_one_place_at_one_time_are_told_apart_by_what_is_asked(path, going, ready):
    own = {"version": published(ready.group)}
    for version, at in (({}, time(22, 30)), (own, time(22, 30)), (own, time(9))):
        settled(ready, starts_at=at, **version)
    page = going.get(path).content.decode()
    names = re.findall(rf'{re.escape(ready.site.name)}<span class="nhsuk-u-visually-hidden">, ([^<]*)</span>', page)
    now = day(clock.today())
    apart = [f"{now} at 9am", f"{now} at 10:30pm, Rights", f"{now} at 10:30pm, Welcome and dignity"]
    assert sorted(names) == sorted(apart)


def test_no_day_has_passed_where_every_visit_is_to_come(led, ready):
    settled(ready)
    assert "Their day has passed" not in led.get("/groups/voices/visits/").content.decode()


@pytest.mark.parametrize("visits", [1, 5])
def test_the_lists_of_visits_cost_the_same_for_any_number(visits, led, going, ready):
    for _ in range(visits):
        settled(ready)
        logged(ready)
    for client, path, most in ((led, "/groups/voices/visits/", 14), (going, "/visits/", 10)):
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


def test_a_programme_says_that_a_scheme_is_shut_and_of_no_permission_that_is_missing(as_owner, led, going, ready):
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    address, shut = f"/groups/voices/programmes/{programme.pk}/", "Ashmere is suspended on this service"
    assert shut not in led.get(address).content.decode()
    Scheme.objects.filter(pk=ready.site.scheme_id).update(status=Scheme.Status.SUSPENDED)
    page = led.get(address).content.decode()
    assert shut in page and "No place lets the group in" not in page
    assert shut not in going.get(address).content.decode()
    actions.end_programme(programme=programme, by=ready.lead.pk)
    assert shut not in led.get(address).content.decode()


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


def links_of(client, path="/my/"):
    page = client.get(path).content.decode()
    return re.findall(r'<a href="(/groups/voices/visits/[^"]+|/visits/)">(.*?)</a>', page)


def test_visits_of_one_day_are_told_apart_by_place_and_time_and_lead_to_their_own_pages(going, ready, other_place):
    early, late = (settled(ready, starts_at=time(hour)) for hour in (9, 14))
    there, none = settled(ready, site=other_place, starts_at=time(9)), settled(ready)
    today, links = day(clock.today()), links_of(going)
    assert dict(links) == {
        place(early): f"{ready.site.name}, {today} at 9am", place(late): f"{ready.site.name}, {today} at 2pm",
        place(there): f"{other_place.name}, {today} at 9am", place(none): f"{ready.site.name}, {today}",
        "/visits/": "All my visits",
    }  # fmt: skip


def test_no_two_links_to_visits_are_called_the_same(going, ready):
    for _ in range(3):
        settled(ready)
    texts = [text for _, text in links_of(going)]
    assert len(set(texts)) == len(texts) == 4
    assert f"{ready.site.name}, Ashmere, with Voices, {day(clock.today())} (2)" in texts


def test_visits_of_one_day_and_no_time_are_told_apart_by_who_goes(going, ready):
    first, second = settled(ready), settled(ready)
    actions.choose_team(visit=second, people=[ready.monitors[0].pk, ready.lead.pk], by=ready.lead.pk)
    alike = f"{ready.site.name}, Ashmere, with Voices, {day(clock.today())}"
    named = {place(first): ready.monitors[1].name, place(second): ready.lead.name}
    assert dict(links_of(going)) == {
        **{way: f"{alike}, you and {name}" for way, name in named.items()}, "/visits/": "All my visits",
    }  # fmt: skip


@pytest.mark.parametrize(("who", "says"), [("lead", "Plan one on the page of your group."), ("monitor", "Your lead")])
def test_who_has_no_visit_to_go_on_reads_what_to_do(who, says, ready, client_at):
    person = ready.lead if who == "lead" else ready.monitors[0]
    page = client_at(None, person).get("/visits/").content.decode()
    assert f"You have no visit to go on. {says}" in page
    assert ("Your lead" in page) == (who == "monitor")


def unready(ready):
    """A monitor without training, who works there and whom nobody has vetted."""
    made = someone("Newcomer")
    seated(ready.group, made, seat="monitor")
    works_there(seat(made.pk, ready.group), ready.site)
    return made


WHY = "Newcomer has no training that is valid on that day, and works there, or did within two years, and is not vetted"


def test_who_cannot_go_stands_with_the_reasons_where_a_visit_is_planned(led, going, ready):
    newcomer, visit = unready(ready), planned(ready)
    page = led.get(place(visit)).content.decode()
    assert f"{WHY} for this place" in page and 'href="/groups/voices/readiness/"' in page
    assert "Newcomer" not in going.get(place(visit)).content.decode()
    read = Entry.objects.filter(what="read who is ready to visit", by=ready.lead.pk)
    assert newcomer.pk in set(read.values_list("subject", flat=True))
    begun = under_way(ready)
    assert "Newcomer" not in led.get(place(begun)).content.decode()


def test_who_is_on_the_team_and_cannot_go_reads_that_of_themselves_alone(going, client_at, ready):
    visit = settled(ready)
    works_there(seat(ready.monitors[0].pk, ready.group), ready.site)
    page = going.get(place(visit)).content.decode()
    assert "You cannot go on this visit: you work there, or did within two years." in page
    assert "You cannot go" not in client_at(None, ready.monitors[1]).get(place(visit)).content.decode()


def test_a_programme_says_who_can_go_nowhere_today_and_costs_the_same_for_any_number_of_places(
    led, going, ready, other_place
):
    unready(ready)
    programme = actions.begin_programme(
        group=ready.group, name="Each year", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    address = f"/groups/voices/programmes/{programme.pk}/"

    def asked():
        with CaptureQueriesContext(connection) as asked:
            page = led.get(address).content.decode()
        return page, len(asked)

    actions.add_place(programme=programme, site=ready.site, months=6, by=ready.lead.pk)
    asked()
    page, cost = asked()
    assert "Who cannot go there today:</p>" in page and f"<li>{WHY} for this place</li>" in page
    assert "cannot go" not in going.get(address).content.decode()
    actions.add_place(programme=programme, site=other_place, months=6, by=ready.lead.pk)
    page, again = asked()
    assert (page.count("Who cannot go there today"), again) == (2, cost)
    actions.end_programme(programme=programme, by=ready.lead.pk)
    assert "cannot go" not in asked()[0]


def test_a_programme_says_which_of_its_places_lets_nobody_in_today_and_not_of_one_that_waits_for_its_scheme(
    as_owner, led, going, ready, other_place
):
    programme = actions.begin_programme(
        group=ready.group, name="Each year", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    address, nobody = f"/groups/voices/programmes/{programme.pk}/", "No permission of this place holds today."
    for site in (ready.site, other_place):
        actions.add_place(programme=programme, site=site, months=6, by=ready.lead.pk)
    assert nobody not in led.get(address).content.decode()
    ready.agreement.permissions.filter(site_id=other_place.pk).update(until=clock.today())
    page = led.get(address).content.decode()
    assert (
        page.count(nobody) == 1 and nobody in page.partition(f"<strong>{other_place.name}")[2].partition("<strong>")[0]
    )
    assert nobody not in going.get(address).content.decode()
    Scheme.objects.filter(pk=ready.site.scheme_id).update(status="suspended")
    assert led.get(address).content.decode().count(nobody) == 1
    Site.objects.filter(pk=other_place.pk).update(closed_on=clock.today())
    page = led.get(address).content.decode()
    assert nobody not in page and "This place is closed. Take it away." in page, "no permission opens it"
    actions.end_programme(programme=programme, by=ready.lead.pk)
    assert "This place is closed" not in led.get(address).content.decode()

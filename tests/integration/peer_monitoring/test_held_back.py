"""Rule 3: what is held back is invisible to the scheme, counts included, until it is logged."""

import re
from datetime import time, timedelta

import pytest
from django.utils.text import slugify

from kit import clock, outbox
from kit.dates import day_and_time
from peer_monitoring import actions
from peer_monitoring.models import Visit
from people.models import Notice
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.factories.peer_monitoring import logged, planned, settled, under_way, written


@pytest.fixture
def scheme():
    return Scheme.objects.get(slug="ashmere")


def seen(scheme):
    return set(Visit.objects.visible_to_scheme(scheme.pk).values_list("pk", flat=True))


def test_a_scheme_sees_a_visit_from_its_announcement_on(scheme, ready):
    visit = planned(ready)
    assert seen(scheme) == set()
    actions.make_ready(visit=visit, by=ready.lead.pk)
    assert seen(scheme) == {visit.pk}


def test_a_visit_that_is_held_back_is_seen_from_when_it_is_logged(scheme, ready):
    settled(ready, is_held_back=True)
    under_way(ready, is_held_back=True)
    assert seen(scheme) == set()
    told = logged(ready, is_held_back=True)
    assert seen(scheme) == {told.pk}


def test_one_that_is_called_off_before_is_never_seen(scheme, ready):
    actions.cancel(visit=settled(ready, is_held_back=True), why="Ill", by=ready.lead.pk)
    assert seen(scheme) == set()


def test_another_scheme_sees_nothing_of_it(ready):
    settled(ready)
    assert seen(Scheme.objects.get(slug="brackwell")) == set()


@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_the_scheme_can_tell_a_held_back_visit_from_none(role, scheme, ready, client_at, person):
    client = client_at(scheme, person("Sam", role=role, at=scheme))
    before = client.get("/monitoring/").content
    settled(ready, is_held_back=True)
    under_way(ready, is_held_back=True)
    after = client.get("/monitoring/").content
    assert without_tokens(after) == without_tokens(before)
    settled(ready)
    assert b"Voices" in client.get("/monitoring/").content


def test_a_scheme_is_told_neither_who_goes_nor_what_the_team_is_told(scheme, ready, client_at, person):
    settled(ready, meeting_point="At the bus stop", note="Ask for the sergeant")
    page = client_at(scheme, person("Sam", role=Role.MANAGER, at=scheme)).get("/monitoring/").content.decode()
    assert "Voices" in page
    people = [one.email for one in ready.monitors]
    for words in ("at the bus stop", "ask for the sergeant", *people, *(one.partition("@")[0] for one in people)):
        assert words not in page.lower()


def test_a_scheme_reads_its_visits_by_day_and_time_the_latest_first(scheme, ready, client_at, person):
    today = clock.today()
    planned_for = [(0, time(9)), (1, None), (0, time(14)), (1, time(8, 30)), (0, None), (0, time(11, 15))]
    for days, at in planned_for:
        settled(ready, day=today + timedelta(days=days), starts_at=at)
    page = client_at(scheme, person("Sam", role=Role.MANAGER, at=scheme)).get("/monitoring/").content.decode()
    listed = re.findall(r'<p class="nhsuk-hint">(.*?)\. Voices', page)
    wanted = [(1, time(8, 30)), (1, None), (0, time(14)), (0, time(11, 15)), (0, time(9)), (0, None)]
    assert listed == [day_and_time(today + timedelta(days=days), at) for days, at in wanted]


def told(scheme):
    return set(Notice.objects.filter(kind="visit", scheme_id=scheme.pk).values_list("person_id", flat=True))


def test_those_who_agree_with_groups_are_told_of_an_announced_visit_once(scheme, ready, person, work):
    manager, practitioner = (person(role.value, role=role, at=scheme) for role in (Role.MANAGER, Role.PRACTITIONER))
    person("Elsewhere", role=Role.MANAGER, at=Scheme.objects.get(slug="brackwell"))
    visit = settled(ready)
    work()
    actions.make_ready(visit=visit, by=ready.lead.pk)
    work()
    assert told(scheme) == {manager.pk}
    assert practitioner.pk not in told(scheme)


def test_nobody_is_told_of_a_visit_that_is_held_back(scheme, ready, person, work):
    person("Sam", role=Role.MANAGER, at=scheme)
    under_way(ready, is_held_back=True)
    work()
    assert told(scheme) == set()


def test_nobody_is_told_by_a_message_of_what_the_scheme_cannot_see(scheme, ready, person, work):
    person("Sam", role=Role.MANAGER, at=scheme)
    visit = settled(ready, is_held_back=True)
    outbox.put("peer_monitoring.announced", key=visit.pk, in_schema="public", visit=visit.pk)
    work()
    assert told(scheme) == set()


def without_tokens(page):
    return re.sub(rb'(name="csrfmiddlewaretoken" value|name="_for" value|nonce)="[^"]*"', b"", page)


def test_one_that_was_sent_before_its_day_stays_hidden_until_then(scheme, ready):
    visit = logged(ready, is_held_back=True)
    Visit.objects.filter(pk=visit.pk).update(day=clock.today() + timedelta(days=5))
    assert seen(scheme) == set()


SENTENCE = "Nobody at the scheme can see this visit before it is logged."


@pytest.mark.parametrize("make", [settled, under_way])
def test_its_team_and_lead_read_that_it_is_held_back_until_it_is_logged(make, ready, client_at):
    visit = make(ready, is_held_back=True)
    lists = {"/groups/voices/visits/": ready.lead, "/visits/": ready.monitors[0]}
    here = f"/groups/voices/visits/{visit.pk}/"

    def badges(path: str, who) -> int:
        return " ".join(client_at(None, who).get(path).content.decode().split()).count(" Held back </strong>")

    assert [badges(path, who) for path, who in lists.items()] == [1, 1]
    for who in (ready.lead, ready.monitors[0]):
        assert badges(here, who) == 1 and SENTENCE in client_at(None, who).get(here).content.decode()
    for one in ready.monitors:
        written(visit, one)
    page = client_at(None, ready.lead).get(here).content.decode()
    assert SENTENCE not in page and badges(here, ready.lead) == badges("/groups/voices/visits/", ready.lead) == 0


def test_nothing_of_it_is_said_of_a_visit_that_is_announced(ready, client_at):
    visit = under_way(ready)
    page = client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    assert "Held back" not in page and SENTENCE not in page


@pytest.mark.parametrize("how", ["planned", "settled", "called off", "logged", "announced"])
def test_until_the_scheme_can_see_it_no_title_and_no_name_of_a_file_that_a_browser_keeps_says_where_it_is(
    how, ready, client_at
):
    made = {"planned": planned, "logged": logged}.get(how, settled)
    visit = made(ready, is_held_back=how != "announced")
    if how == "called off":
        Visit.objects.filter(pk=visit.pk).update(cancelled_at=clock.now())
    here, says = f"/groups/voices/visits/{visit.pk}/", how in ("logged", "announced")
    lead, monitor = client_at(None, ready.lead), client_at(None, ready.monitors[0])
    pages = [lead.get(here), *([monitor.get(f"{here}log/")] if how in ("settled", "announced") else [])]
    for page in (one.content.decode() for one in pages):
        assert (ready.site.name in page.partition("<title>")[2].partition("</title>")[0]) == says
        assert ready.site.name in page.partition("<h1")[2].partition("</h1>")[0]
    named = "" if how == "planned" else lead.get(f"{here}records/answers.csv")["Content-Disposition"]
    assert (slugify(ready.site.name) in named) == says

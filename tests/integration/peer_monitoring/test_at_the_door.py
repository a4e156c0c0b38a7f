"""What the app says at the door: who lets the team in on that day, and what they asked of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from groups.models import HostPermission
from groups.queries import permissions_of_each, sites_open_to
from kit import clock
from peer_monitoring import actions
from peer_monitoring.models import Seat
from tenants.schemes.models import Scheme, Site
from tests.factories.groups import agreed, let_in
from tests.factories.peer_monitoring import Ready, ready_group, settled
from tests.factories.phones import sealed_draft

ASKED = "CanaryDoor. Ring at the side door."
NOBODY = {"lets_in": False, "scheme_shut": False, "by": "", "conditions": ""}


@pytest.fixture
def ready(ready: Ready) -> Ready:
    """Its place asks something of it."""
    given_anew(ready, conditions=ASKED)
    return ready


def given_anew(ready: Ready, **more: Any) -> None:
    """What the place had said ends today, and it says something else."""
    HostPermission.objects.given_to([ready.group]).update(until=clock.today())
    let_in(ready.agreement, ready.site, ready.lead, **more)


def hosts(client: Client) -> list[Any]:
    return [one["host"] for one in client.get("/app/mine.json").json()["visits"]]


def test_the_app_has_what_the_host_asked_and_who_lets_the_team_in(ready, going) -> None:
    settled(ready)
    by = "Custody inspector, The police"
    assert hosts(going) == [{"lets_in": True, "scheme_shut": False, "by": by, "conditions": ASKED}]


def test_where_no_permission_holds_on_that_day_it_says_so(ready, going) -> None:
    today = clock.today()
    settled(ready), settled(ready, day=today + timedelta(days=3))
    HostPermission.objects.filter(conditions=ASKED).update(until=today + timedelta(days=2))
    assert [one["lets_in"] for one in hosts(going)] == [True, False]
    type(ready.agreement).objects.update(until=today)
    assert hosts(going) == [NOBODY, NOBODY]


def test_a_closed_place_lets_nobody_in(ready, going) -> None:
    settled(ready)
    Site.objects.filter(pk=ready.site.pk).update(closed_on=clock.today())
    assert hosts(going) == [NOBODY]


@pytest.mark.parametrize("status", [Scheme.Status.SUSPENDED, Scheme.Status.CLOSED])
def test_where_only_the_scheme_is_shut_it_says_that(as_owner, status, scheme, ready, going) -> None:
    today = clock.today()
    settled(ready), settled(ready, day=today + timedelta(days=3))
    HostPermission.objects.filter(conditions=ASKED).update(until=today + timedelta(days=2))
    Scheme.objects.filter(pk=scheme.pk).update(status=status)
    assert [(one["lets_in"], one["scheme_shut"]) for one in hosts(going)] == [(False, True), (False, False)]
    Site.objects.filter(pk=ready.site.pk).update(closed_on=today)
    assert hosts(going) == [NOBODY, NOBODY]


def test_what_others_were_given_opens_no_door(ready, going) -> None:
    settled(ready)
    given_anew(ready, since=clock.today() + timedelta(days=1))
    elsewhere = Site.objects.filter(scheme=ready.site.scheme_id).exclude(pk=ready.site.pk).first()
    assert elsewhere
    let_in(ready.agreement, elsewhere, ready.lead)
    ready_group(ready.site.scheme)
    brackwell = Scheme.objects.get(slug="brackwell")
    let_in(agreed(ready.group, brackwell), Site.objects.filter(scheme=brackwell).first(), ready.lead)
    assert hosts(going) == [NOBODY]


def test_it_is_the_permission_with_which_visits_are_planned(ready) -> None:
    today = clock.today()
    found = permissions_of_each([ready.group])
    for days in (-1, 0, 400):
        day = today + timedelta(days=days)
        planned = {one.site.pk: one.permission for one in sites_open_to(ready.group, day)}
        for site in Site.objects.select_related("scheme"):
            assert found.to(site, ready.group.pk, day) == planned.get(site.pk)


@pytest.mark.parametrize("how", ["left", "called off"])
def test_of_a_visit_that_is_no_longer_theirs_it_says_nothing_of_the_door(how, ready, going) -> None:
    visit = settled(ready)
    sealed_draft(visit, ready.monitors[0])
    assert ASKED in going.get("/app/mine.json").content.decode()
    if how == "left":
        Seat.objects.filter(visit=visit, person_id=ready.monitors[0].pk).update(left_at=clock.now())
    else:
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    told = going.get("/app/mine.json").json()
    assert [one["visit"]["host"] for one in told["drafts"]] == [None]
    assert ASKED not in json.dumps(told)

"""A scheme's sites, the national list, and the operators' page."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, outbox
from kit.models import DutyFailure, OutboxMessage
from tenants.schemes.models import Site
from tenants.schemes.rights import NationalRoleName, Role


@pytest.fixture
def manager(client_at, person, scheme):
    return client_at(scheme, person("Mo", role=Role.MANAGER, at=scheme))


@pytest.fixture
def operator(client_at, person):
    return client_at(None, person("Op", national=NationalRoleName.OPERATOR))


@pytest.fixture
def dead_letter():
    with transaction.atomic():
        outbox.put("test.nothing", key="1")
    OutboxMessage.objects.filter(kind="test.nothing").update(dead_at=clock.now(), attempts=8, last_error="E at a.py:1")
    return OutboxMessage.objects.get(kind="test.nothing")


def test_a_manager_adds_and_closes_a_site(manager, scheme):
    manager.post("/sites/add/", {"name": "Harbour youth court", "kind": "youth"})
    site = Site.objects.get(scheme=scheme, name="Harbour youth court")
    day = {"on_day": "1", "on_month": "3", "on_year": "2027"}
    manager.post(f"/sites/{site.pk}/close/", day)
    assert "Youth court, closed from 1 March 2027" in manager.get("/sites/").content.decode()
    assert manager.get(f"/sites/{site.pk}/close/").status_code == 404


def test_two_sites_of_one_name_are_refused_in_words(manager, scheme):
    taken = Site.objects.filter(scheme=scheme).first()
    answer = manager.post("/sites/add/", {"name": taken.name.upper(), "kind": "youth"})
    assert "There is already a site with this name" in answer.content.decode()


def test_another_schemes_sites_are_neither_shown_nor_closed(manager, other_scheme):
    theirs = Site.objects.filter(scheme=other_scheme).first()
    assert theirs.name not in manager.get("/sites/").content.decode()
    assert manager.post(f"/sites/{theirs.pk}/close/", {"on_day": "1"}).status_code == 404


@pytest.mark.parametrize("role", [NationalRoleName.ANALYST, NationalRoleName.PROGRAMME_MANAGER])
def test_national_staff_see_every_scheme_in_the_order_of_the_alphabet(role, client_at, person):
    client = client_at(None, person("Nat", national=role))
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/schemes/").content.decode()
    assert page.index("Ashmere") < page.index("Brackwell")
    assert "An invented NHS trust" in page
    assert len(asked) <= 9


def test_scheme_staff_do_not_see_the_national_list_or_the_operators_page(client_at, person, scheme):
    client = client_at(None, person("Mo", role=Role.MANAGER, at=scheme))
    assert client.get("/schemes/").status_code == 404
    assert client.get("/operate/").status_code == 404


def test_operators_see_what_waits_what_died_and_what_fails(operator, dead_letter, scheme):
    DutyFailure.objects.create(
        duty="some.duty", schema=scheme.schema_name, since=clock.now(), at=clock.now(), error="KeyError at x.py:3"
    )
    page = operator.get("/operate/").content.decode()
    assert "test.nothing" in page and "some.duty" in page
    assert "alongside scheme create" in page
    assert scheme.host in page


def test_a_dead_letter_is_tried_again(operator, dead_letter):
    operator.post(f"/operate/letters/{dead_letter.pk}/retry/")
    dead_letter.refresh_from_db()
    assert (dead_letter.dead_at, dead_letter.attempts) == (None, 0)
    assert Entry.objects.filter(what="had a dead letter tried again", thing_id=str(dead_letter.pk)).exists()
    assert operator.post(f"/operate/letters/{dead_letter.pk}/retry/").status_code == 404


def test_a_dead_letter_is_laid_aside_only_with_a_reason(operator, dead_letter):
    address = f"/operate/letters/{dead_letter.pk}/give-up/"
    assert operator.post(address, {"reason": ""}).status_code == 200
    operator.post(address, {"reason": "The mailbox is gone."})
    dead_letter.refresh_from_db()
    assert dead_letter.given_up_because == "The mailbox is gone."
    assert Entry.objects.filter(what="laid a dead letter aside", thing_id=str(dead_letter.pk)).exists()
    assert "test.nothing" not in operator.get("/operate/").content.decode()

"""A session that was ended on a phone without signal ends here, also where its cookie is gone (ADR 0074)."""

import json

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client

from peer_monitoring import actions, limits
from people.models import HandOff
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group
from tests.factories.people import someone
from tests.factories.phones import made_ready
from tests.integration.people.crossing import arriving, go

SECRET = "maple lamp river"


@pytest.fixture
def robin():
    return someone("Robin", email="robin@example.org", password=SECRET)


@pytest.fixture
def signed_in(robin, client_at):
    client = client_at(None)
    client.post("/sign-in/", {"login": "robin@example.org", "password": SECRET})
    return client


@pytest.fixture
def phone(robin):
    return made_ready(robin)


def mark(client):
    return client.get("/app/mine.json").json()["session"]


def over(client_at, token, body):
    """What a phone says whose browser was closed: no cookie comes along."""
    told = body if isinstance(body, bytes) else json.dumps({"session": body}).encode()
    return client_at(None).post(
        "/app/session-over/", told, content_type="application/json", headers={"Authorization": f"Phone {token}"}
    )


@pytest.mark.parametrize("is_shut_out", [False, True], ids=["ready", "shut out"])
def test_it_ends_by_its_mark_where_the_cookie_is_gone(robin, signed_in, phone, client_at, is_shut_out):
    ours = mark(signed_in)
    assert mark(signed_in) == ours
    if is_shut_out:
        actions.shut_out(phone=phone[0], by=robin.pk)
    assert over(client_at, phone[1], ours).json() == {"ended": True}
    assert signed_in.get("/app/mine.json").status_code == 401
    assert not UserSession.objects.filter(user=robin).exists()
    assert over(client_at, phone[1], ours).json() == {"ended": False}


def test_what_it_was_handed_over_to_ends_too(signed_in, phone, client_at, scheme):
    there = Client(headers={"host": f"{scheme.host}:8000"})
    ours = mark(signed_in)
    go(there, arriving(there, signed_in))
    assert there.get("/mine/").status_code == 200
    over(client_at, phone[1], ours)
    assert there.get("/mine/").status_code == 302


def test_another_sign_in_of_the_same_person_stays(robin, signed_in, phone, client_at):
    elsewhere = client_at(None)
    elsewhere.post("/sign-in/", {"login": "robin@example.org", "password": SECRET})
    assert mark(elsewhere) != mark(signed_in)
    over(client_at, phone[1], mark(signed_in))
    assert elsewhere.get("/app/mine.json").status_code == 200


def test_a_mark_ends_nothing_for_another_persons_phone_and_opens_nothing(signed_in, phone, client_at):
    ours = mark(signed_in)
    others = made_ready(ready_group(Scheme.objects.get(slug="ashmere"), "Voices").monitors[0])
    assert over(client_at, others[1], ours).json() == {"ended": False}
    assert over(client_at, "", ours).status_code == over(client_at, ours, ours).status_code == 401
    visitor = client_at(None)
    visitor.cookies["session"] = ours
    assert visitor.get("/app/mine.json").status_code == 401
    assert signed_in.get("/app/mine.json").status_code == 200


def test_a_phone_that_says_so_very_often_is_told_to_say_it_later(signed_in, phone, client_at, monkeypatch):
    monkeypatch.setattr(limits, "SESSIONS_OVER_AN_HOUR", 2)
    ours = mark(signed_in)
    tried = [over(client_at, phone[1], "another").status_code for _ in range(3)]
    assert tried == [200, 200, 429]
    assert over(client_at, phone[1], ours).json()["sentence"].startswith("Very much came from this phone.")
    assert signed_in.get("/app/mine.json").status_code == 200


@pytest.mark.parametrize(
    "body", ["", None, 7, ["x"], "no such mark", b"", b"[]", b"{", b"\xff", b"[" * 50_000], ids=lambda one: str(one)[:9]
)
def test_what_is_no_mark_ends_nothing(robin, signed_in, phone, client_at, body):
    # A session that was never asked for its mark has none.
    assert over(client_at, phone[1], body).json() == {"ended": False}
    assert signed_in.get("/app/mine.json").status_code == 200


def rows():
    """Every row of every table of every schema that what answers requests may read, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            " AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield from ((table, row) for (row,) in cursor.fetchall())


def test_the_mark_stands_readable_in_no_row(robin, signed_in, scheme):
    there = Client(headers={"host": f"{scheme.host}:8000"})
    ours = mark(signed_in)
    address = arriving(there, signed_in)
    found = list(rows())
    assert any(table == "public.people_handoff" and str(robin.pk) in row for table, row in found)
    assert [table for table, row in found if ours in row] == []
    go(there, address)
    assert [table for table, row in rows() if ours in row] == []


def test_signing_out_at_a_scheme_s_host_ends_the_sign_in_that_it_came_of(signed_in, scheme):
    there = Client(headers={"host": f"{scheme.host}:8000"})
    go(there, arriving(there, signed_in))
    there.post("/sign-out/")
    assert signed_in.get("/app/mine.json").status_code == 401


def test_the_hash_of_a_mark_ends_nothing(robin, signed_in, phone, client_at, scheme):
    there = Client(headers={"host": f"{scheme.host}:8000"})
    arriving(there, signed_in)
    assert over(client_at, phone[1], HandOff.objects.get(person=robin).browser).json() == {"ended": False}
    assert signed_in.get("/app/mine.json").status_code == 200

"""The search is open to everybody, and nobody can wear the database out by it."""

import time
from collections.abc import Callable

import psycopg
import pytest
from django.test import Client

from answers import limits
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import OWNER
from tests import databases
from tests.integration.answers.conftest import Publish

ClientAt = Callable[..., Client]


def test_one_address_looks_for_words_so_often_within_an_hour(
    scheme: Scheme, publish: Publish, client_at: ClientAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEARCHES_AN_HOUR", 2)
    publish(scheme)
    visitor = client_at(None)
    assert [visitor.get("/answers/?q=wait").status_code for _ in range(3)] == [200, 200, 409]
    assert limits.TOO_MANY in visitor.get("/answers/?q=wait").content.decode()
    assert visitor.get("/answers/?theme=rights").status_code == 200
    assert visitor.get("/answers/?q=wait", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_one_address_opens_the_page_without_words_so_often_within_an_hour(
    scheme: Scheme, publish: Publish, client_at: ClientAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOOKS_AN_HOUR", 3)
    publish(scheme)
    visitor = client_at(None)
    queries = ("theme=rights", "page=2", "q=+", "")
    assert [visitor.get(f"/answers/?{query}").status_code for query in queries] == [200, 200, 200, 409]
    assert limits.TOO_MANY_LOOKS in visitor.get("/answers/").content.decode()
    assert visitor.get("/answers/?q=wait").status_code == 200
    assert visitor.get("/answers/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("query", ["q=wait", "theme=rights"])
def test_a_search_that_takes_too_long_is_stopped_and_says_what_to_do(
    query: str, as_web: str, client_at: ClientAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LONGEST", 0.3)
    visitor = client_at(None)
    assert visitor.get(f"/answers/?{query}").status_code == 200
    with psycopg.connect(databases.cluster().url(OWNER, database=as_web)) as other:
        other.execute("LOCK TABLE answers_publishedanswer")
        began = time.monotonic()
        page = visitor.get(f"/answers/?{query}")
    assert page.status_code == 409 and "It takes too long" in page.content.decode()
    assert time.monotonic() - began < 5

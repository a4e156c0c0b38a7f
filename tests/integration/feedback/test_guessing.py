"""Whoever guesses codes learns nothing from a wrong one: which kind of wrong it is cannot be seen (ADR 0011)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit import clock, codes
from tenants.feedback import actions
from tenants.feedback.rules import QUESTION_OPEN
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import asked_by_letter, said, slip, the_sayer

ClientAt = Callable[..., Client]


@pytest.fixture
def wrong(owner: Membership, other_scheme: Scheme) -> dict[str, str]:
    """A code of each kind that opens nothing here."""
    asked = asked_by_letter(owner)
    withdrawn = codes.new_code()
    actions.take_back(sayer=the_sayer(said(slip(code=withdrawn))), by=None)
    elsewhere = codes.new_code()
    with enter(other_scheme):
        said(slip(code=elsewhere))
    clock.set_to(clock.now() + timedelta(days=QUESTION_OPEN + 1), frozen=True)
    return {
        "never was": codes.new_code(), "ended": actions.code_of(asked), "taken back": withdrawn, "another": elsewhere,
    }  # fmt: skip


def tried(client: Client, code: str) -> tuple[int, dict[str, str], str, list[str]]:
    """What comes back for a code, and which statements were asked for it, with all that is its own left out."""
    client.post("/answer/", {"code": codes.new_code()})  # the first try of an hour begins the count
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/answer/", {"code": code})
    words = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(code, "")
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "Content-Length")}
    asked_for = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked.captured_queries]
    return answer.status_code, headers, words, asked_for


def test_codes_that_open_nothing_get_the_same_page_status_and_statements(
    wrong: dict[str, str], scheme: Scheme, client_at: ClientAt
) -> None:
    found = {kind: tried(client_at(scheme), code) for kind, code in wrong.items()}
    status, headers, words, asked_for = found["never was"]
    assert status == 200 and "We cannot find this code here" in words
    for kind, (its_status, its_headers, its_words, its_statements) in found.items():
        assert (its_status, its_headers) == (status, headers), kind
        assert its_words == words, kind
        assert its_statements == asked_for, kind


def test_such_a_code_opens_nothing_in_the_browser_either(
    wrong: dict[str, str], scheme: Scheme, client_at: ClientAt
) -> None:
    for code in wrong.values():
        phone = client_at(scheme)
        phone.post("/answer/", {"code": code})
        for page in ("/answer/yours/", "/answer/changed/"):
            assert phone.get(page)["Location"] == "/answer/"

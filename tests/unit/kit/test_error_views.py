"""When something breaks, a page in plain words still comes."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

from kit import error_views, fields, kept
from kit.forms import Form

BARE = [
    (error_views.server_error, 500, "Something went wrong"),
    (error_views.maintenance, 503, "We are working on this service"),
    (error_views.unknown_host, 404, "We do not know this address"),
    (error_views.bad_request, 400, "We could not read what was sent"),
]
HALF_MADE = [(error_views.not_found, 404, "We cannot find this page"), (error_views.forbidden, 403, "You cannot open")]


def seen(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(("view", "status", "words"), BARE)
def test_the_page_comes_without_a_request_or_a_database(
    view: Callable[[Any], HttpResponse], status: int, words: str
) -> None:
    response = view(None)
    page = seen(response)
    assert response.status_code == status
    assert words in page.h1.get_text()  # type: ignore[union-attr]
    assert page.select_one("[data-leave]")


@pytest.mark.parametrize(("view", "status", "words"), HALF_MADE)
def test_a_request_that_did_not_get_far_still_gets_a_page(
    view: Callable[[HttpRequest], HttpResponse], status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> HttpResponse:
        raise RuntimeError("no user, no scheme")

    monkeypatch.setattr(error_views, "render", broken)
    response = view(RequestFactory().get("/nowhere/"))
    assert response.status_code == status
    assert words in seen(response).get_text()


def test_a_page_comes_even_if_our_templates_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(engines["jinja2"], "get_template", broken)
    response = error_views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize("host", ["alongside.urls.platform", "alongside.urls.scheme"])
def test_every_host_shows_our_own_pages(host: str) -> None:
    views = [error_views.bad_request, error_views.forbidden, error_views.not_found, error_views.server_error]
    assert [get_resolver(host).resolve_error_handler(status) for status in (400, 403, 404, 500)] == views


def sent(origin: str = "http://testserver", **words: Any) -> HttpRequest:
    return RequestFactory().post("/story/", words, headers={"origin": origin})


def test_what_was_typed_is_shown_for_copying_when_the_page_was_open_too_long() -> None:
    words = {"what_happened": "<b>I waited</b>\nlong", "csrfmiddlewaretoken": "t", "password": "hush", kept.FOR: "m"}
    response = error_views.csrf_failure(sent(**words, empty=" ", ways=["call", "post"]))
    page = seen(response)
    assert response.status_code == 403
    assert [one.get_text() for one in page.select("dd")] == ["<b>I waited</b>\nlong", "call", "post"]
    assert [one.get_text() for one in page.select("dt")] == ["What happened", "Ways", "Ways"]
    assert "hush" not in response.content.decode()


def test_words_that_another_site_sent_are_not_shown() -> None:
    response = error_views.csrf_failure(sent(origin="https://elsewhere.example", reason="Call this number"))
    assert "Call this number" not in response.content.decode()


class StoryForm(Form):
    """A form as ours are."""

    a_story_of_old = fields.Textarea("What happened long ago?")
    how_heard = fields.Radios("How did you hear?", choices=[("wk", "At a workshop")])
    happened_on = fields.Date("When was it?")
    agrees_story = fields.Tick("What is it about?", required=False)
    story_mark = forms.UUIDField(widget=forms.HiddenInput)


def test_what_a_page_carries_along_by_itself_is_not_what_somebody_typed() -> None:
    """Nor is it said in the words of the program."""
    given = {
        "a_story_of_old": "So long.",
        "how_heard": "wk",
        "happened_on_day": "3",
        "story_mark": "ee71",
        "step": "said",
    }
    page = seen(error_views.csrf_failure(sent(**given)))
    rows = [(one.dt.get_text(), one.dd.get_text().strip()) for one in page.select(".nhsuk-summary-list__row")]  # type: ignore[union-attr]
    assert rows == [
        ("What happened long ago?", "So long."),
        ("How did you hear?", "At a workshop"),
        ("When was it? (day)", "3"),
    ]


@pytest.mark.parametrize(("mark", "said"), [({kept.FOR: "m"}, True), ({}, False)])
def test_only_who_was_signed_in_is_told_that_they_may_need_to_sign_in(mark: dict[str, str], said: bool) -> None:
    page = seen(error_views.csrf_failure(sent(**mark))).get_text()
    assert ("You may need to sign in" in page) is said


def test_what_somebody_typed_stands_beside_the_words_of_its_form_in_the_language_of_the_page() -> None:
    given = {"a_story_of_old": "So long.", "happened_on_day": "3", "agrees_story": "on"}
    with translation.override("pl"):
        page = seen(error_views.csrf_failure(sent(**given)))
    assert [one.get_text() for one in page.select("dt")][1:] == ["When was it? (dzień)", "Czego to dotyczy?"]
    assert page.select("dd")[-1].get_text().strip() == "Tak"

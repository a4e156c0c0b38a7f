"""What stands on every page: neutral titles, the way out, and nothing inline."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import ChainableUndefined

import kit
from kit import fields, gallery
from kit.forms import Form

KIT = Path(kit.__file__).parent
ROOT = KIT.parents[1]
TEMPLATES = [
    path
    for folder in ("platform", "tenants", "cms", "peer_monitoring")
    for path in sorted((ROOT / folder).rglob("jinja2/**/*.jinja"))
]


class Story(Form):
    """One field that must be filled."""

    reason = fields.Text("Reason")


def page(source: str = "", layout: str = "page", **context: Any) -> BeautifulSoup:
    template = engines["jinja2"].from_string(f'{{% extends "kit/layouts/{layout}.jinja" %}}{source}')
    return BeautifulSoup(template.render(context), "html.parser")


def title(source: str = "", **context: Any) -> str:
    return page(source, **context).title.get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("layout", ["base", "page", "staff", "message"])
def test_a_layout_needs_no_context_at_all(layout: str) -> None:
    assert page(layout=layout).main


def test_the_title_names_the_page_and_the_service() -> None:
    source = "{% block title %}Tell us{% endblock %}"
    assert title() == "Alongside"
    assert title(source) == "Tell us – Alongside"
    assert title(source, scheme=SimpleNamespace(name="Riverside")) == "Tell us – Riverside"


def test_the_title_says_that_there_is_an_error() -> None:
    assert title("{% block title %}Tell us{% endblock %}", form=Story({})) == "Error: Tell us – Alongside"
    assert title(form=Story()) == "Alongside"
    assert title(form=Story({"reason": "x"})) == "Alongside"


@pytest.mark.parametrize("word", ["liaison", "diversion", "police", "custody", "court", "offend"])
def test_nothing_around_a_page_says_what_the_service_is_about(word: str) -> None:
    around = page()
    for part in [around.title, around.header, around.footer]:
        assert word not in str(part).lower()


def test_the_page_lists_its_errors_and_leads_to_each() -> None:
    shown = page(form=Story({}))
    assert "There is a problem" in shown.get_text()
    assert [link["href"] for link in shown.select(".nhsuk-error-summary a")] == ["#id_reason"]


def test_what_an_action_refused_is_listed_too() -> None:
    form = Story({"reason": "x"})
    form.refuse("This was answered on 4 May.")
    assert "This was answered on 4 May." in page(form=form).select(".nhsuk-error-summary")[0].get_text()


def test_everybody_can_leave_at_once_without_scripts() -> None:
    link = page().select_one("[data-leave]")
    assert link is not None
    assert link.get_text(strip=True) == "Leave now"
    assert str(link["href"]).startswith("https://")
    assert "noreferrer" in link["rel"]


def test_how_to_leave_by_a_key_is_said_in_the_language_of_the_page() -> None:
    with translation.override("pl"):
        link = page().select_one("[data-leave]")
    assert link is not None
    assert link["data-leave-hint"] == ", albo naciśnij 3 razy klawisz Escape"


def test_demonstration_data_is_named_on_every_page() -> None:
    assert "Demonstration data" in page(demonstration=True).get_text()
    assert "Demonstration data" not in page().get_text()


def test_the_header_offers_the_ways_on_and_the_account() -> None:
    shown = page(
        nav=[{"text": "You said, we did", "href": "/did/", "current": True}],
        account=[{"text": "Sign in", "href": "/sign-in/"}],
        footer_links=[{"text": "Privacy", "href": "/privacy/"}],
    )
    assert shown.select_one("nav a[href='/did/'][aria-current=page]")
    assert shown.select_one("a[href='/sign-in/']")
    assert shown.select_one("footer a[href='/privacy/']")


def test_back_and_heading_are_words() -> None:
    shown = page("{% block back %}/before/{% endblock %}{% block heading %}A & B{% endblock %}")
    assert shown.select_one("a.nhsuk-back-link[href='/before/']")
    assert [one.get_text() for one in shown.find_all("h1")] == ["A & B"]
    assert page().find_all("h1") == []


def test_a_form_opens_with_its_token_and_the_mark_of_its_person() -> None:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(pk="ada", is_authenticated=True)  # type: ignore[assignment]
    form = page("{% block main %}{{ form_open('/send/', files=true) }}</form>{% endblock %}", request=request).form
    assert form is not None
    assert (form["method"], form["action"], form["enctype"]) == ("post", "/send/", "multipart/form-data")
    assert {one["name"] for one in form.select("input[type=hidden]")} == {"csrfmiddlewaretoken", "_for"}


def test_a_form_without_the_request_of_its_page_is_refused() -> None:
    with pytest.raises(TypeError, match="with context"):
        page("{% block main %}{{ form_open() }}{% endblock %}")


def drawn_gallery(query: str) -> BeautifulSoup:
    request = RequestFactory().get(f"/design/{query}")
    words = gallery.everything(errors="errors" in request.GET) | {"request": request}
    return BeautifulSoup(engines["jinja2"].get_template("kit/gallery.jinja").render(words), "html.parser")


@pytest.mark.parametrize("query", ["", "?errors"])
def test_nothing_that_the_components_draw_is_inline(query: str) -> None:
    shown = drawn_gallery(query)
    assert not shown.select("[style], style")
    assert all(script.get("src") and not script.get_text(strip=True) for script in shown.find_all("script"))
    assert not [name for one in shown.find_all(True) for name in one.attrs if name.startswith("on")]
    ids = [one["id"] for one in shown.select("[id]")]
    assert len(ids) == len(set(ids))


INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|action)=\"https?:|<link[^>]*href=\"https?:|url\(['\"]?https?:|@import")
JOINED = re.compile(r"[\w.,:;]\{%-? ?end(?:if|for) ?%\}\n\s*[\w(]")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_anything_inline_or_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_two_words_run_together_where_a_block_ends(path: Path) -> None:
    assert not JOINED.search(path.read_text(encoding="utf-8"))


def test_our_own_style_and_scripts_reach_out_to_nobody() -> None:
    for path in filter(Path.is_file, (KIT / "static" / "kit").rglob("*")):
        if path.suffix == ".png":
            continue
        words = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|@import", words), path


def test_settings_use_our_environment() -> None:
    engine: Any = engines["jinja2"]
    assert engine.env.undefined is ChainableUndefined
    assert settings.CSRF_FAILURE_VIEW == "kit.error_views.csrf_failure"

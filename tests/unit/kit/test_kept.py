"""What was typed when the sign-in had ended comes back to the same person, once, and to nobody else."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from kit import clock, fields, kept
from kit.forms import Form, hidden_for

NOON = datetime(2027, 5, 4, 12, tzinfo=UTC)
WORDS = {"reason": "I waited for three hours", "next": "a"}


class Story(Form):
    """What somebody was writing."""

    reason = fields.Textarea("What happened?", required_error="Tell us what happened")
    next = fields.Text("Next")


@pytest.fixture(autouse=True)
def at_noon() -> None:
    clock.set_to(NOON, frozen=True)


@pytest.fixture
def session() -> dict[str, Any]:
    return {}


def person(key: str) -> Any:
    return SimpleNamespace(pk=key, is_authenticated=True)


def asked(session: dict[str, Any], user: Any, path: str = "/story/", post: dict[str, Any] | None = None) -> HttpRequest:
    make = RequestFactory()
    request = make.get(path) if post is None else make.post(path, post)
    request.user, request.session = user, session  # type: ignore[assignment]
    return request


def mark(user: Any) -> str:
    return kept.mark_of(asked({}, user))


def keep(session: dict[str, Any], *, written_by: str = "ada", path: str = "/story/", **words: Any) -> bool:
    """Somebody's page is sent after their sign-in has ended."""
    return kept.keep(asked(session, AnonymousUser(), path, {kept.FOR: mark(person(written_by))} | (words or WORDS)))


def test_the_same_person_gets_it_back_once(session: dict[str, Any]) -> None:
    assert keep(session)
    words = kept.take(asked(session, person("ada")))
    assert words is not None
    assert words.dict() == WORDS
    assert kept.take(asked(session, person("ada"))) is None
    assert session == {}


def test_nobody_else_gets_it_and_then_it_is_gone(session: dict[str, Any]) -> None:
    keep(session)
    assert kept.take(asked(session, person("eve"))) is None
    assert kept.take(asked(session, person("ada"))) is None


def test_a_visitor_gets_nothing_and_it_waits_for_the_sign_in(session: dict[str, Any]) -> None:
    keep(session)
    assert kept.take(asked(session, AnonymousUser())) is None
    assert kept.take(asked(session, person("ada"))) is not None


def test_another_page_does_not_get_it(session: dict[str, Any]) -> None:
    keep(session)
    assert kept.take(asked(session, person("ada"), "/other/")) is None
    assert kept.take(asked(session, person("ada"))) is not None


def test_it_is_kept_for_one_hour(session: dict[str, Any]) -> None:
    keep(session)
    clock.set_to(NOON + timedelta(hours=1), frozen=True)
    assert kept.take(asked(session, person("ada"))) is None


@pytest.mark.parametrize("made_up", ["ada", "ada:x", ":", "\x00"])
def test_for_a_mark_that_was_made_up_nothing_is_stored(session: dict[str, Any], made_up: str) -> None:
    assert not kept.keep(asked(session, AnonymousUser(), post={kept.FOR: made_up} | WORDS))
    assert session == {}


def test_a_page_made_for_a_visitor_is_not_kept(session: dict[str, Any]) -> None:
    assert not kept.keep(asked(session, AnonymousUser(), post=WORDS))
    assert session == {}


def test_passwords_codes_and_tokens_are_never_kept(session: dict[str, Any]) -> None:
    secrets = ["password", "new_password1", "oldpassword", "code", "slip_code", "csrfmiddlewaretoken", "otp", "token"]
    assert keep(session, **dict.fromkeys(secrets, "hush"), postcode="N1 1AA", reason="x")
    words = kept.take(asked(session, person("ada")))
    assert words is not None
    assert set(words) == {"postcode", "reason"}


def test_what_is_too_long_is_not_kept(session: dict[str, Any]) -> None:
    assert not keep(session, reason="x" * kept.MOST_BYTES)


def test_the_last_three_pages_are_kept(session: dict[str, Any]) -> None:
    for number in range(4):
        keep(session, path=f"/{number}/")
    assert list(session[kept.KEY]) == ["/1/", "/2/", "/3/"]


def test_every_answer_of_a_list_comes_back(session: dict[str, Any]) -> None:
    keep(session, ways=["call", "post"])
    words = kept.take(asked(session, person("ada")))
    assert words is not None
    assert words.getlist("ways") == ["call", "post"]


def test_a_form_shows_what_was_kept_and_is_not_valid(session: dict[str, Any]) -> None:
    keep(session, reason="I waited for three hours")
    form = Story(kept.posted_or_kept(asked(session, person("ada"))))
    assert form.kept
    assert not form.is_valid()
    assert not form.errors
    source = "{% extends 'kit/layouts/page.jinja' %}"
    assert "We kept what you typed" in engines["jinja2"].from_string(source).render({"form": form})
    assert "I waited for three hours" in form["reason"].as_field_group()


def test_what_is_sent_now_comes_before_what_was_kept(session: dict[str, Any]) -> None:
    keep(session)
    form = Story(kept.posted_or_kept(asked(session, person("ada"), post={"reason": "now", "next": "b"})))
    assert not form.kept
    assert form.is_valid()


def test_a_page_opened_for_the_first_time_is_empty(session: dict[str, Any]) -> None:
    assert not Story(kept.posted_or_kept(asked(session, person("ada")))).is_bound


def test_the_mark_is_written_for_whoever_is_signed_in() -> None:
    assert mark(person("ada")) in hidden_for(asked({}, person("ada")))
    assert mark(person("ada")) != mark(person("eve"))
    assert hidden_for(asked({}, AnonymousUser())) == ""

"""The way of telling us: one thing a page, nothing kept on the way, and two ways out of the register."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kit import sessions
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.integration.conftest import MakePerson

ClientAt = Callable[..., Client]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WAY = re.compile(r'<form method="post" novalidate id="way">.*?</form>', re.DOTALL)
ANSWERS = {"about": "service", "said": "The room was cold.", "relation": "using", "may_publish": "on"}


@pytest.fixture
def visitor(client_at: ClientAt, scheme: Scheme) -> Client:
    return client_at(scheme)


def carried(page: str) -> dict[str, list[str]]:
    """What the form of a page takes along by itself."""
    found = WAY.search(page)
    assert found, page
    given: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(found.group()):
        if name != "csrfmiddlewaretoken":
            given.setdefault(name, []).append(value)
    return given


def heading(page: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found).strip()


def start(visitor: Client) -> str:
    """The first page of the way, as the button under the words before it all leads there."""
    given = dict(HIDDEN.findall(visitor.get("/tell-us/").content.decode()))
    return visitor.post("/tell-us/", {"step": "start", "send": given["send"]}).content.decode()


def go_on(visitor: Client, page: str, **typed: str) -> str:
    """Send a page as a browser does, and follow where it leads."""
    return visitor.post("/tell-us/", carried(page) | typed, follow=True).content.decode()


def walk(visitor: Client, **other: str) -> list[str]:
    """Every page of the way, up to the last."""
    pages = [start(visitor)]
    given = ANSWERS | other
    for name in ("about", "said", "relation", "may_publish"):
        pages.append(go_on(visitor, pages[-1], **({name: given[name]} if given[name] else {})))
    return pages


def test_each_page_asks_one_thing_and_says_how_far_it_is(visitor: Client) -> None:
    pages = walk(visitor)
    assert [heading(page) for page in pages] == [
        "What is it about?",
        "What would you like us to know?",
        "How do you know the service?",
        "May others read it?",
        "Check before you send it",
    ]
    for number, page in enumerate(pages, start=1):
        assert f"Step {number} of 5" in page


def test_what_was_given_is_shown_before_it_is_sent_and_then_it_is_one_point(visitor: Client, scheme: Scheme) -> None:
    last = walk(visitor)[-1]
    for words in ("The room was cold.", "I use it now", "You may put this on the website"):
        assert words in last
    assert "Your code is" in go_on(visitor, last)
    with enter(scheme):
        point = Point.objects.get()
        assert point.said == "The room was cold."
        assert point.sayers.get().consents.filter(purpose="publish").exists()


def test_on_the_way_nothing_is_kept_with_us(visitor: Client, scheme: Scheme) -> None:
    walk(visitor)
    assert "cold" not in "".join(str(sessions.read(row)) for row in Session.objects.all())
    with enter(scheme):
        assert not Point.objects.exists()


def test_back_takes_along_what_stands_on_the_page(visitor: Client) -> None:
    page = walk(visitor)[1]
    before = visitor.post("/tell-us/", carried(page) | {"said": "Half a", "go": "about"}).content.decode()
    assert heading(before) == "What is it about?" and re.search(r'value="service"[^>]* checked', before)
    assert ">Half a</textarea>" in go_on(visitor, before, about="service")


def test_a_tick_that_was_taken_away_stays_away(client_at: ClientAt, scheme: Scheme, person: MakePerson) -> None:
    visitor = client_at(scheme, person())
    asked = walk(visitor)[-1]
    assert heading(asked) == "How do you want to get the answer?" and re.search(r'name="link"[^>]* checked', asked)
    last = go_on(visitor, asked)
    assert "With a code" in last
    again = visitor.post("/tell-us/", carried(last) | {"go": "answer"}).content.decode()
    assert " checked" not in again


def test_a_page_left_empty_says_what_to_do_and_keeps_the_rest(visitor: Client) -> None:
    page = go_on(visitor, walk(visitor)[1], said="  ")
    assert heading(page) == "What would you like us to know?" and "Write something in the box" in page
    assert carried(page)["about"] == ["service"]


def test_whoever_sends_the_last_page_without_words_is_led_to_the_box(visitor: Client) -> None:
    given = carried(walk(visitor)[-1])
    del given["said"]
    page = visitor.post("/tell-us/", given).content.decode()
    assert heading(page) == "What would you like us to know?" and "Write something in the box" in page


@pytest.mark.parametrize(("about", "leads_to"), [("harm", "/tell-us/harm/"), ("complaint", "/tell-us/complaint/")])
def test_harm_and_complaints_leave_the_way(about: str, leads_to: str, visitor: Client, scheme: Scheme) -> None:
    answer = visitor.post("/tell-us/", carried(start(visitor)) | {"about": about})
    assert answer.headers["Location"] == leads_to
    visitor.get(leads_to)
    with enter(scheme):
        assert not Point.objects.exists()


def test_a_complaint_is_led_to_the_procedure_of_the_provider(visitor: Client, scheme: Scheme) -> None:
    page = visitor.get("/tell-us/complaint/").content.decode()
    assert scheme.provider in page and "Ombudsman" in page


@pytest.mark.parametrize("nonsense", [{"step": "nonsense"}, {"go": "nonsense"}, {"step": "answer"}, {"go": "answer"}])
def test_a_page_that_is_not_there_leads_to_the_beginning(nonsense: dict[str, str], visitor: Client) -> None:
    page = visitor.post("/tell-us/", nonsense, follow=True).content.decode()
    assert heading(page) in ("What is it about?", "Tell us something")


def test_whoever_changes_one_thing_comes_back_to_the_last_page(visitor: Client) -> None:
    last = walk(visitor)[-1]
    page = visitor.post("/tell-us/", carried(last) | {"go": "said"}).content.decode()
    wrong = go_on(visitor, page, said=" ")
    assert heading(wrong) == "What would you like us to know?"
    again = go_on(visitor, wrong, said="It was dark.")
    assert heading(again) == "Check before you send it" and "It was dark." in again
    assert "Your code is" in go_on(visitor, again)


def test_only_the_manager_is_asked_to_write_down_where_complaints_go_and_only_until_it_is_done(
    scheme: Scheme, client_at: ClientAt, person: MakePerson
) -> None:
    roles = (Role.MANAGER, Role.INVOLVEMENT_LEAD)
    manager, lead = (client_at(scheme, person(role.name.title(), role=role, at=scheme)) for role in roles)
    words = "Write down where a complaint goes"
    assert words in manager.get("/staff/").content.decode() and words not in lead.get("/staff/").content.decode()
    manager.post("/complaints/", {"words": "", "telephone": "0800 000 000", "link": ""})
    assert words not in manager.get("/staff/").content.decode()

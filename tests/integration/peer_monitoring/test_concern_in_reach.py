"""On the pages of a visit "Concern now" stands where the app has it, and nothing there leaves the page."""

import pytest
from bs4 import BeautifulSoup, Tag

from peer_monitoring.models import Draft
from tests.factories.peer_monitoring import planned, settled
from tests.factories.questions import filled, published
from tests.integration.peer_monitoring.writing.steps import place, questions


def above(client, address):
    """What stands at the top of a page, where most pages have "Leave now"; and that this is not there."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert not page.select("[data-leave]")
    return page.select(".app-leave a, .app-leave button:not([aria-hidden])")


def looks_as_in_the_app(way: Tag, client) -> bool:
    (of_the_app,) = BeautifulSoup(client.get("/app/").content, "html.parser").select(".app-leave a")
    return way.get_text() == of_the_app.get_text() == "Concern now" and way["class"] == of_the_app["class"]


@pytest.mark.parametrize("page", ["log/", "log/review/", "safety/"])
def test_a_page_of_a_visit_has_the_way_to_a_concern_where_the_app_has_it(page, ready, going):
    visit = settled(ready)
    going.post(place(visit, "log/"))
    (way,) = above(going, place(visit, page))
    assert way["href"] == place(visit, "concern/")
    assert looks_as_in_the_app(way, going)


def test_whoever_raises_a_concern_while_they_write_finds_what_they_typed(ready, going):
    visit = settled(ready, version=published(ready.group, questions()))
    going.post(place(visit, "log/"))
    section = place(visit, "log/sections/rights/")
    (way,) = above(going, section)
    assert looks_as_in_the_app(way, going)
    (form,) = BeautifulSoup(going.get(section).content, "html.parser").select(f"form#{way['form']}")
    assert form.select("[name=answer-told]")
    answer = going.post(section, filled(told="nonsense") | {way["name"]: way["value"]})
    assert answer["Location"] == place(visit, "concern/")
    assert Draft.objects.get(visit=visit).answers["told"] == "nonsense"


def test_whoever_presses_enter_in_a_field_goes_on_and_raises_no_concern(ready, going):
    visit = settled(ready)
    going.post(place(visit, "log/"))
    page = BeautifulSoup(
        going.get(place(visit, f"log/sections/{visit.version.compiled['sections'][0]['name']}/")).content, "html.parser"
    )
    first = page.select_one("button[form=answers], form#answers button")
    assert first.get_text() == "Next" and not first.get("name")


def test_a_second_press_at_that_place_leaves_no_page_on_which_a_concern_is_written(ready, going):
    assert above(going, place(settled(ready), "concern/")) == []


def test_before_a_visit_is_settled_nothing_leads_to_a_page_that_is_not_there(ready, going):
    assert above(going, place(planned(ready), "safety/")) == []

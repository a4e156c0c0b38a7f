"""On the pages of a visit "Concern now" stands where the app has it, and nothing there leaves the page."""

import pytest
from bs4 import BeautifulSoup

from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import planned, ready_group, settled
from tests.integration.peer_monitoring.writing.steps import place


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def going(client_at, ready):
    return client_at(None, ready.monitors[0])


def above(client, address):
    """What stands at the top of a page, where most pages have "Leave now"; and that this is not there."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert not page.select("[data-leave]")
    return page.select(".app-leave a")


@pytest.mark.parametrize("page", ["log/", "log/sections/{}/", "log/review/", "safety/"])
def test_a_page_of_a_visit_has_the_way_to_a_concern_where_the_app_has_it(page, ready, going):
    visit = settled(ready)
    going.post(place(visit, "log/"))
    (way,) = above(going, place(visit, page.format(visit.version.compiled["sections"][0]["name"])))
    assert (way.get_text(), way["href"]) == ("Concern now", place(visit, "concern/"))
    (of_the_app,) = BeautifulSoup(going.get("/app/").content, "html.parser").select(".app-leave a")
    assert (way.get_text(), way["class"]) == (of_the_app.get_text(), of_the_app["class"])


def test_a_second_press_at_that_place_leaves_no_page_on_which_a_concern_is_written(ready, going):
    assert above(going, place(settled(ready), "concern/")) == []


def test_before_a_visit_is_settled_nothing_leads_to_a_page_that_is_not_there(ready, going):
    assert above(going, place(planned(ready), "safety/")) == []

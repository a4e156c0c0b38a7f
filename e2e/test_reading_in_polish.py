"""Somebody reads a scheme's site in Polish: pages in Polish where there are some, else English ones that say so."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.test_accessibility import wrong_with
from e2e.visiting import PHONE, WILLOWFORD, Visits

TITLE = "Co robimy z tym, co nam powiesz"
PATHS = ["", "co-robimy-z-tym-co-nam-powiesz/", "what-it-is/", "get-involved/", "people/", "events/", "news/the-card/"]


def test_a_reader_changes_the_language_and_keeps_it_from_page_to_page(stack: Stack, visit: Visits) -> None:
    """S15, ADR 0061."""
    site = stack.scheme(WILLOWFORD)
    page = visit(start=site, width=PHONE)
    page.get_by_role("link", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.get_by_text("Powiedz nam, co działa, a co nie.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    page.wait_for_url(f"{site}/pl/co-robimy-z-tym-co-nam-powiesz/")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    assert page.locator("main [lang=en]").count() == 0
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{site}/how-we-use-what-you-tell-us/")
    page.goto(f"{site}/pl/people/")
    expect(page.get_by_role("heading", name="Who works here")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_in_polish_breaks_no_rule(path: str, stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/pl/{path}")
    assert not wrong_with(page, f"polish-{path}", pictures)

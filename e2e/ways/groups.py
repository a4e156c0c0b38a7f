"""Ways to the pages of a group and its visits."""

from playwright.sync_api import Page, expect

from e2e.pages import PLATFORM, way
from e2e.visiting import Visits


@way(PLATFORM, "visit_close")
def may_not_close_a_visit_yet(visit: Visits) -> Page:
    page = visit("group lead", start=f"{visit.stack.platform}/groups/nether-voices/visits/")
    page.locator("main .app-rows a").first.click()
    page.goto(f"{page.url}close/")
    expect(page.get_by_text("A visit can be closed once it is logged")).to_be_visible()
    return page

"""Ways to the pages of a group and its visits."""

from playwright.sync_api import Page, expect

from e2e.pages import PLATFORM, way
from e2e.visiting import Visits

# Made ready as the app does it.
A_PHONE = """async () => {
  const { csrf } = await (await fetch('/app/mine.json')).json()
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': csrf }
  await fetch('/app/phones/new/', { method: 'POST', headers, body: JSON.stringify({ name: 'Blue phone' }) })
}"""


@way(PLATFORM, "visit_close")
def may_not_close_a_visit_yet(visit: Visits) -> Page:
    page = visit("group lead", start=f"{visit.stack.platform}/groups/nether-voices/visits/")
    page.locator("main .app-rows a").first.click()
    page.goto(f"{page.url}close/")
    expect(page.get_by_text("A visit can be closed once it is logged")).to_be_visible()
    return page


@way(PLATFORM, "visit_logged")
def is_asked_whether_this_is_all(visit: Visits) -> Page:
    page = visit("group lead", start=f"{visit.stack.platform}/groups/nether-voices/visits/")
    page.locator("main .app-rows a").first.click()
    page.goto(f"{page.url}records/logged/")
    expect(page.get_by_role("heading", name="Is this all of the visit")).to_be_visible()
    return page


@way(PLATFORM, "phone_shut_out")
def is_asked_before_a_phone_is_shut_out(visit: Visits) -> Page:
    page = visit("group member", start=f"{visit.stack.platform}/visits/phones/")
    page.evaluate(A_PHONE)
    page.reload()
    page.get_by_role("link", name="Shut out Blue phone").first.click()
    expect(page.get_by_role("button", name="Shut it out")).to_be_visible()
    return page

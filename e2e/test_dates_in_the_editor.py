"""A date is typed in the editor as people write it: nothing writes over it, and no calendar lies over a button."""

from playwright.sync_api import Page, expect

from e2e.stack import Stack
from e2e.test_an_editors_day import home_of
from e2e.visiting import WILLOWFORD, Visits

CALENDAR = ".xdsoft_datetimepicker:visible"
TYPED = "12 Jan 2027 10am"


def test_a_date_stays_as_it_was_typed_and_the_calendar_makes_room(stack: Stack, visit: Visits) -> None:
    site = stack.scheme(WILLOWFORD)
    desk: Page = visit("editor", start=f"{site}/sign-in/?next=/cms/")
    desk.wait_for_url(f"{site}/cms/")
    desk.goto(f"{site}/cms/pages/add/cms/standardpage/{home_of(stack)}/")
    desk.locator("#id_title").press_sequentially("Opening at night")
    desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("button", name="Set schedule").click()
    first, last = desk.get_by_label("Go live date/time"), desk.get_by_label("Expiry date/time")
    first.click()
    expect(desk.locator(CALENDAR)).to_have_count(1)
    first.press_sequentially(TYPED)
    expect(desk.locator(CALENDAR)).to_have_count(0)
    first.press("Tab")
    expect(last).to_be_focused()
    desk.wait_for_timeout(300)  # as long as the calendar waited before it opened
    expect(desk.locator(CALENDAR)).to_have_count(0)
    expect(first).to_have_value(TYPED)
    desk.get_by_role("button", name="Save schedule").click()
    expect(desk.get_by_text("12 Jan 2027, 10 a.m.").first).to_be_visible()

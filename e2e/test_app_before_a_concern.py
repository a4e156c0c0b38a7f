"""Before a concern is sent the app says whether there is signal, what becomes of the words, and whom to tell."""

from playwright.sync_api import Page, expect

from alongside.demo.people import GROUP_LEAD
from e2e.conftest import Pictures
from e2e.phones import Phone, Planned
from e2e.test_app_screens import WHERE
from e2e.test_app_ways_on import at, seen

NONE, THERE = "There is no signal now.", "There is signal now."
SOON = 20_000  # milliseconds


def line_changes(page: Page) -> None:
    """As a browser says it."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_concern_says_before_it_is_sent_that_there_is_no_signal_and_when_there_is(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
    visit = planned.visit()
    page = phone.made_ready("group member")
    at(page, f"concern/{visit}")
    words = page.get_by_label("What are you worried about?")
    expect(words).to_be_visible()
    expect(page.get_by_text(NONE)).to_have_count(0)
    phone.line.cut()
    expect(page.get_by_text(NONE)).to_be_visible(timeout=SOON)
    at(page, f"visit/{visit}")
    at(page, f"concern/{visit}")
    expect(page.get_by_text(NONE)).to_be_visible()
    said = page.locator("main .nhsuk-inset-text").filter(has=page.get_by_text(NONE))
    expect(said.get_by_text("Send it all the same: it is kept on this phone, and goes by itself")).to_be_visible()
    expect(said.get_by_text("Does somebody have to know now? Tell the person in charge of the place.")).to_be_visible()
    number = said.get_by_role("link", name=f"{GROUP_LEAD}, 07700 900 982")
    expect(number).to_have_attribute("href", "tel:07700900982")
    seen(page, pictures, "concern-no-signal")

    words.fill("It is cold")
    stood = words.evaluate(WHERE)
    phone.line.mend()
    line_changes(page)
    expect(page.get_by_text(THERE)).to_be_visible(timeout=SOON)
    expect(page.get_by_text(NONE)).to_have_count(0)
    assert words.evaluate(WHERE) == stood
    expect(words).to_have_value("It is cold")
    seen(page, pictures, "concern-signal-again")


def test_nothing_of_a_concern_moves_while_somebody_presses(phone: Phone, planned: Planned) -> None:
    visit = planned.visit()
    page = phone.made_ready("group member")
    at(page, f"concern/{visit}")
    heading = page.get_by_role("heading", name="Concern now")
    expect(heading).to_be_visible()
    heading.hover()
    page.mouse.down()
    phone.line.cut()
    line_changes(page)
    page.wait_for_timeout(1_000)
    expect(page.get_by_text(NONE)).to_have_count(0)
    page.mouse.up()
    expect(page.get_by_text(NONE)).to_be_visible()


def test_on_a_line_that_says_nothing_a_concern_says_soon_that_there_is_no_signal(
    phone: Phone, planned: Planned
) -> None:
    visit = planned.visit()
    page = phone.made_ready("group member")
    with phone.line.hanging("/app/phones/this/"):
        at(page, f"concern/{visit}")
        expect(page.get_by_text(NONE)).to_be_visible(timeout=SOON)
    expect(page.get_by_text(THERE)).to_be_visible(timeout=SOON)


def test_on_a_phone_that_was_shut_out_nothing_is_drawn_anew_each_time_that_it_asks(
    phone: Phone, planned: Planned
) -> None:
    visit = planned.visit()
    page = phone.made_ready("group member")
    planned.shut_out("group member")
    at(page, f"concern/{visit}")
    above = page.locator("[data-visits=above] > *")
    expect(above).to_contain_text("It was shut out")
    said = above.element_handle()
    with page.expect_response(lambda answer: answer.url.endswith("/app/phones/this/"), timeout=SOON):
        pass
    page.wait_for_timeout(500)
    assert said.evaluate("one => one.isConnected"), "whoever presses what stands in it would miss"

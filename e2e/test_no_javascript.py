"""Everything a service user and a scheme need works without JavaScript."""

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    answer_whether_it_changed,
    come_to_the_words,
    decide,
    menu,
    open_own,
    open_point,
    report,
    say,
    say_with_a_slip,
)


def test_signing_in_leads_back_to_the_scheme_over_a_page_that_moves_on_by_itself(stack: Stack, visit: Visits) -> None:
    page = visit(javascript=False, start=stack.scheme(WILLOWFORD))
    page.get_by_role("link", name="Sign in").click()
    visit.sign_in(page, "Ash")
    expect(page).to_have_url(f"{stack.scheme(WILLOWFORD)}/")
    expect(page.get_by_role("link", name="Ash Pell")).to_be_visible()


def test_saying_deciding_and_confirming(stack: Stack, visit: Visits) -> None:
    said = "The form asks for the same thing three times."
    jo, lead = (into(visit(who, javascript=False), stack) for who in ("Jo", "involvement lead"))
    say(jo, said)
    open_point(lead, said)
    acknowledge(lead)
    decide(lead, "We will ask once.")
    report(lead, "Say that it is done", "The new form asks once.")
    open_own(jo, said)
    answer_whether_it_changed(jo, "Partly")
    expect(jo.get_by_text("Your answer: Partly")).to_be_visible()


def test_a_slip_and_what_is_wrong_with_a_form(stack: Stack, visit: Visits) -> None:
    page = visit(javascript=False, start=stack.scheme(WILLOWFORD))
    come_to_the_words(page)
    page.get_by_role("button", name="Go on").last.click()
    expect(page.get_by_role("link", name="Write something in the box")).to_be_visible()
    code = say_with_a_slip(page, "There is no signal in the waiting room.")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_text("There is no signal in the waiting room.")).to_be_visible()
    expect(page.get_by_role("link", name="Leave now")).to_be_visible()


def test_the_whole_menu_is_there_and_fits_a_phone(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = into(visit("manager", javascript=False, width=PHONE), stack)
    pictures.take(page, "menu-without-javascript")
    for item in ("You said, we did", "Tell us", "Your answer", "What I said", "Staff", "Points"):
        link = page.get_by_role("banner").get_by_role("link", name=item, exact=True)
        box = link.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE, f"{item}: {box}"

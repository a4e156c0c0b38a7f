"""What people read when something is wrong, and that what they typed is still there."""

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.pages import link_in
from e2e.stack import Stack
from e2e.visiting import PHONE, WEATHER, WILLOWFORD, Visits, into, play_the_weather
from e2e.walking import (
    acknowledge,
    come_to_the_end,
    come_to_the_words,
    fill_decision,
    go_on,
    menu,
    open_point,
    say,
    say_with_a_slip,
)

LONG = "\n".join(["We will put a card by every door. It says what happens next, and how long it takes."] * 8)


def test_an_address_that_no_scheme_has_says_so(stack: Stack, visit: Visits) -> None:
    page = visit(start=stack.scheme("no-such-place"))
    expect(page.get_by_role("heading", name="We do not know this address")).to_be_visible()
    expect(page.get_by_text("Check the address on your letter, message or slip")).to_be_visible()


def test_a_page_that_is_not_there_says_so_and_leads_on(stack: Stack, visit: Visits) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/no/such/page/")
    expect(page.get_by_role("heading", name="We cannot find this page")).to_be_visible()
    page.get_by_role("link", name="go to the first page").click()
    expect(page.get_by_role("heading", name="Willowford")).to_be_visible()


def test_a_hand_off_that_was_used_says_so_and_offers_another(stack: Stack, visit: Visits) -> None:
    page = visit("Jo")
    arrived: list[str] = []
    page.on("request", lambda request: arrived.append(request.url) if "/arrive/" in request.url else None)
    into(page, stack)
    for browser in (visit(), page):
        browser.goto(arrived[0])
        expect(browser.get_by_role("heading", name="Sign in again")).to_be_visible()
    page.get_by_role("button", name="Sign in again").click()
    expect(page.get_by_role("heading", name="Willowford")).to_be_visible()


def test_an_invitation_works_once(stack: Stack, visit: Visits) -> None:
    manager = into(visit("manager"), stack)
    letters = len(stack.letters_to("sam@example.org"))
    invite(manager, "sam@example.org", "STR worker")
    link = link_in(stack.letter_to("sam@example.org", after=letters))
    sam = visit("Sam", start=link)
    sam.get_by_role("button", name="Take up the role").click()
    expect(sam.get_by_text("STR worker at Willowford")).to_be_visible()
    sam.goto(link)
    expect(sam.get_by_role("heading", name="You have used this invitation")).to_be_visible()
    sam.get_by_role("button", name="Go to Willowford").click()
    expect(sam.get_by_role("heading", name="Set up a second step")).to_be_visible()
    stranger = visit(start=link)
    expect(stranger.get_by_role("heading", name="This invitation cannot be used")).to_be_visible()
    end_role(manager, "Sam Tolley")


def test_a_decision_sent_after_the_sign_in_ended_is_still_there_after_the_next(stack: Stack, visit: Visits) -> None:
    said = "There is no water to drink."
    say(into(visit("Ash"), stack), said)
    lead = into(visit("involvement lead", fresh=True), stack)
    open_point(lead, said)
    acknowledge(lead)
    fill_decision(lead, LONG)
    tab = lead.context.new_page()
    tab.goto(f"{stack.platform}/sign-out/")
    tab.get_by_role("button", name="Sign out everywhere").click()
    expect(tab.get_by_role("heading", name="You are signed out")).to_be_visible()

    lead.get_by_role("button", name="Decide and tell those who said it").click()
    visit.sign_in(lead, "involvement lead")
    visit.states.pop("involvement lead")
    expect(lead.get_by_text("We kept what you typed")).to_be_visible()
    expect(lead.get_by_label("The answer")).to_have_value(LONG)
    expect(lead.get_by_label("We will", exact=True)).to_be_checked()
    lead.get_by_role("button", name="Decide and tell those who said it").click()
    expect(lead.get_by_role("heading", name="Answer 1: We will")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_pressing_the_button_twice_sends_it_once(stack: Stack, visit: Visits, javascript: bool) -> None:
    said = f"The chairs are too low for my back, {javascript}."
    page = visit(start=stack.scheme(WILLOWFORD), javascript=javascript)
    come_to_the_end(page, said)
    page.get_by_role("button", name="Send this to us").last.dblclick()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    lead = into(visit("involvement lead"), stack)
    menu(lead, "Points")
    expect(lead.get_by_role("link", name=said)).to_have_count(1)


def test_going_back_after_sending_begins_anew(stack: Stack, visit: Visits) -> None:
    page = visit(start=stack.scheme(WILLOWFORD))
    say_with_a_slip(page, "The light is on all night.")
    page.wait_for_load_state()
    page.go_back()
    expect(page.get_by_role("heading", name="Tell us something")).to_be_visible()
    expect(page.get_by_text("You began to write something")).to_be_hidden()


def test_the_browsers_back_leads_through_the_pages_and_keeps_what_was_typed(stack: Stack, visit: Visits) -> None:
    page = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill("Half a sentence")
    page.go_back()
    expect(page.get_by_label("The service", exact=True)).to_be_checked()
    go_on(page)
    expect(page.get_by_label("What would you like us to know?")).to_have_value("Half a sentence")


def test_what_was_typed_survives_a_page_that_is_loaded_anew(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill("The battery is nearly empty.")
    page.reload()
    pictures.take(page, "a-draft-is-offered")
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("What would you like us to know?")).to_have_value("The battery is nearly empty.")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_text("You began to write something")).to_be_hidden()


def test_the_next_person_who_says_the_same_in_this_browser_gets_a_code_of_their_own(
    stack: Stack, visit: Visits
) -> None:
    page = visit(start=stack.scheme(WILLOWFORD))
    first, second = (say_with_a_slip(page, "I waited too long.") for _ in range(2))
    assert first != second


def test_words_typed_while_the_network_is_cut_are_still_there(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill(LONG)
    page.context.set_offline(True)
    page.get_by_role("button", name="Go on").last.click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    pictures.take(page, "no-network")
    expect(page.get_by_label("What would you like us to know?")).to_have_value(LONG)
    page.context.set_offline(False)
    page.wait_for_timeout(1100)  # two presses within a second count as one
    go_on(page)
    expect(page.get_by_role("heading", name="How do you know the service?")).to_be_visible()


def test_leave_now_empties_the_page_and_goes_where_nothing_is_to_be_seen(stack: Stack, visit: Visits) -> None:
    page = visit(start=stack.scheme(WILLOWFORD))
    play_the_weather(page)
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill("Nobody else must read this.")
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(WEATHER)
    page.go_back()
    expect(page.get_by_text("Nobody else must read this.")).to_have_count(0)
    expect(page.get_by_text("You began to write something")).to_be_hidden()
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill("Nor this.")
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page).to_have_url(WEATHER)


def test_a_new_code_is_not_there_for_whoever_comes_after(stack: Stack, visit: Visits) -> None:
    page = visit(start=stack.scheme(WILLOWFORD))
    play_the_weather(page)
    code = say_with_a_slip(page, "The toilet has no lock.")
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(WEATHER)
    page.go_back()
    expect(page.get_by_text(code)).to_have_count(0)
    page.goto(f"{stack.scheme(WILLOWFORD)}/tell-us/thanks/")
    expect(page.get_by_role("heading", name="We cannot show this again")).to_be_visible()

    page.goto(f"{stack.scheme(WILLOWFORD)}/answer/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_text("The toilet has no lock.")).to_be_visible()
    page.get_by_role("link", name="Leave now").click()
    expect(page).to_have_url(WEATHER)
    page.goto(f"{stack.scheme(WILLOWFORD)}/answer/yours/")
    expect(page.get_by_label("Your code")).to_be_visible()


def invite(page: Page, address: str, role: str) -> None:
    """The manager invites somebody, from the staff pages."""
    menu(page, "Staff")
    page.get_by_role("link", name="The team").click()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Their work email address").fill(address)
    page.get_by_label(role).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"{address} ({role})")).to_be_visible()


def end_role(page: Page, name: str) -> None:
    """The manager ends a role again."""
    menu(page, "Staff")
    page.get_by_role("link", name="The team").click()
    page.get_by_role("row", name=name).get_by_role("link", name="End the role").click()
    page.get_by_role("button", name="End the role").click()
    expect(page.get_by_role("row", name=name)).to_have_count(0)

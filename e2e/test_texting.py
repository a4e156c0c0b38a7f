"""Somebody with a phone and no e-mail address makes an account, and comes back into it, by text message."""

from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.pages import code_in, press
from e2e.stack import Stack
from e2e.visiting import PHONE, Visits

NUMBER = "+447700900321"


def test_a_phone_number_is_enough_for_an_account_and_for_coming_back(
    stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    phone = visit(width=PHONE, start=f"{stack.platform}/sign-in/")
    phone.get_by_role("link", name="a code by text message").click()
    pictures.take(phone, "text")
    asks_and_types(phone, stack)
    pictures.take(phone, "text-new")
    phone.get_by_role("button", name="Make a new account").click()
    phone.get_by_label("What should we call you?").fill("Kit")
    phone.get_by_label("You can keep my name").check()
    press(phone)
    expect(phone.get_by_role("heading", name="What waits for you")).to_be_visible()

    another = visit(width=PHONE, start=f"{stack.platform}/sign-in/text/?next=/my/contact/")
    asks_and_types(another, stack)
    expect(another.get_by_text("07700 900 321")).to_be_visible()


def asks_and_types(page: Page, stack: Stack) -> None:
    """Ask for a code and type the one that came."""
    before = len(stack.letters_to(NUMBER))
    page.get_by_label("Mobile number").fill("07700 900321")
    press(page)
    page.get_by_label("What is the code we sent you?").fill(code_in(stack.letter_to(NUMBER, after=before)))
    press(page)

"""Staff sign in with a second step (ADR 0045): a passkey, with the virtual device of the browser."""

import re

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, Visits, into
from e2e.walking import add_passkey, menu


def test_a_passkey_is_set_up_and_then_signs_in_alone(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    who = "STR worker"
    page = add_passkey(visit(who, fresh=True, width=PHONE), stack)
    visit.states.pop(who)
    pictures.take(page, "recovery-codes")
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("My laptop", exact=True)).to_be_visible()
    pictures.take(page, "second-steps")

    page.goto(f"{stack.platform}/sign-out/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{stack.platform}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    into(page, stack)
    menu(page, "Points")
    expect(page).to_have_url(re.compile(r"/points/$"))

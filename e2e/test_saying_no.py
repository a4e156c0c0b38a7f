"""Somebody says that it has not changed, and what is still wrong: staff read it, the public never."""

import re

from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import DESK, PHONE, WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    answer_whether_it_changed,
    approve_words,
    decide,
    menu,
    open_point,
    report,
    say_with_a_slip,
)

SAID = "The heating is off at night."
WRONG = "It is still cold from ten o'clock on."


def test_whoever_says_no_is_asked_what_is_still_wrong(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit(start=stack.scheme(WILLOWFORD), width=PHONE)
    code = say_with_a_slip(page, SAID)
    page.get_by_role("button", name="I have kept my code").click()
    lead = into(visit("involvement lead"), stack)
    open_point(lead, SAID)
    acknowledge(lead)
    approve_words(lead, "People were cold.")
    decide(lead, "We will mend the heating.")
    report(lead, "Say that it is done", "The heating works.")
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my answer").click()
    answer_whether_it_changed(page, "No")
    expect(page.get_by_role("heading", name="We are looking at it again.")).to_be_visible()
    box = page.get_by_label("What is still wrong?")
    expect(box).to_be_visible()
    both(page, pictures, "said-no")
    box.fill(WRONG)
    page.get_by_role("button", name="Send what is still wrong").click()
    expect(page.get_by_text(WRONG)).to_be_visible()
    expect(box).to_have_count(0)
    both(page, pictures, "said-what-is-still-wrong")

    open_point(lead, SAID)
    expect(lead.get_by_text("They said no: it has not changed. Decide again.").first).to_be_visible()
    expect(lead.get_by_text(WRONG)).to_have_count(2)
    both(lead, pictures, "staff-read-what-is-still-wrong")
    visitor = visit(start=f"{stack.scheme(WILLOWFORD)}/you-said-we-did/")
    expect(visitor.get_by_text("People were cold.")).to_be_visible()
    expect(visitor.get_by_text(re.compile(WRONG[:20]))).to_have_count(0)


def both(page: Page, pictures: Pictures, name: str) -> None:
    """A picture on a desk and on a phone."""
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        pictures.take(page, f"{name}-{width}")

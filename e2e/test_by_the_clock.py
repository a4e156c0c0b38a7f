"""What the clock brings back, on a stack whose clock is moved by `alongside tick --at`."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from e2e import stack as stacks
from e2e.stack import Stack
from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import acknowledge, decide, open_point, say_with_a_slip

NOT_NOW, LEFT = "The room has no window.", "Nobody has answered what I said."
REVIEW_IN, LATE_IN = 21, 45  # days; 20 working days and five more are over by the last


@pytest.fixture
def moved() -> Iterator[Stack]:
    """A stack whose clock nobody else reads."""
    with stacks.of_its_own() as running:
        yield running


@pytest.fixture
def visit_moved(browser: Browser, moved: Stack) -> Iterator[Visits]:
    visits = Visits(browser, moved, {})
    yield visits
    visits.close()
    assert not visits.problems, "\n".join(visits.problems)


@pytest.mark.long
def test_a_not_now_comes_back_on_its_day_and_a_late_point_goes_up_to_the_manager(
    moved: Stack, visit_moved: Visits
) -> None:
    """S89: nothing that was put off or left is forgotten."""
    for words in (NOT_NOW, LEFT):
        say_with_a_slip(visit_moved(start=moved.scheme(WILLOWFORD)), words)
    lead = into(visit_moved("involvement lead"), moved)
    open_point(lead, NOT_NOW)
    acknowledge(lead)
    decide(lead, "We look at the rooms in three weeks.", decision="Not now", in_days=REVIEW_IN)
    open_point(lead, NOT_NOW, tab="Not now")

    moved.tick(date.today() + timedelta(days=REVIEW_IN))
    lead = into(visit_moved("involvement lead", fresh=True), moved)
    open_point(lead, NOT_NOW)
    expect(lead.get_by_role("link", name="Decide").first).to_be_visible()

    moved.tick(date.today() + timedelta(days=LATE_IN))
    back = moved.command("tick", "--at", str(date.today()))
    assert back.returncode and "the clock goes forward alone" in back.stderr
    for who, words in (("involvement lead", "The day for something has passed"), ("manager", "waited for too long")):
        told = visit_moved(who, fresh=True)
        told.goto(f"{moved.platform}/my/")
        told.get_by_role("link", name=words).first.click()
        expect(told.get_by_role("heading", name="Willowford", exact=True)).to_be_visible()
    open_point(told, LEFT)
    expect(told.get_by_role("heading", name="What somebody said")).to_be_visible()

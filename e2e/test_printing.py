"""What comes on paper: the answers, and nothing that only works on a screen."""

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import WILLOWFORD, Visits


def test_the_answers_are_printed_without_what_chooses_among_them(
    stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/you-said-we-did/")
    chooser = page.get_by_role("button", name="Show these answers")
    expect(chooser).to_be_visible()
    page.emulate_media(media="print")
    expect(chooser).not_to_be_visible()
    expect(page.get_by_role("search")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Other languages")).to_have_count(0)
    expect(page.get_by_role("article").first).to_be_visible()
    pictures.take(page, "answers-on-paper")

"""What was begun and cannot be finished goes from the app all the same, with why."""

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import CONTROLLED, Planned
from e2e.stack import Stack
from e2e.test_accessibility import look
from e2e.test_app_screens import ready, to
from e2e.visiting import PHONE, Visits
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

WAY = "You cannot finish it? Send what you have"


def two_questions(*, required: bool) -> Form:
    asked = (a_question("told", required=required), a_question("seen", Kind.TEXT, required=required))
    return a_form(Section("rights", words("Rights"), asked))


def begun(page: Page, stack: Stack, one: UUID) -> None:
    ready(page, stack)
    page.evaluate(CONTROLLED)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()


def test_a_visit_that_was_cut_short_is_sent_with_why_and_can_be_finished_later(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=two_questions(required=True))
    page = visit("group member", width=PHONE)
    begun(page, stack, one)
    page.get_by_role("radio", name="Yes", exact=True).check(force=True)
    to(page, f"visit/{one}/review", "Look at what you wrote")
    page.get_by_role("link", name=WAY).click()
    expect(page.get_by_role("heading", name="Send what you have")).to_be_focused()
    expect(page.get_by_text("1 of 2 answered")).to_be_visible()
    expect(page.get_by_text("When you send it, it is locked.")).to_be_visible()
    page.get_by_role("button", name="Send what you have").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert look(page, "stop") == []
    pictures.take(page, "app-stop-problem")
    page.get_by_role("link", name="Choose why it is not finished").click()
    expect(page.get_by_label("The visit was called off")).to_be_focused()
    page.get_by_label("We had to leave early").check(force=True)
    page.get_by_label("What happened?").fill("The alarm went")
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("We had to leave early")).to_be_checked()
    expect(page.get_by_label("What happened?")).to_have_value("The alarm went")
    page.get_by_role("button", name="Send what you have").click()
    expect(page.get_by_text("Sent: 1 answer received")).to_be_visible()
    expect(page.get_by_text("You sent what you had. It says that it is not finished.")).to_be_visible()
    [record] = planned.records(one)
    assert (record["answers"]["told"], record["unfinished"], record["unfinished_why"]) == (
        "yes", "cut_short", "The alarm went",
    )  # fmt: skip

    page.get_by_role("button", name="Change what I sent").click()
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_focused()
    page.get_by_role("link", name=re.compile("^Change ?: About seen")).click()
    page.get_by_label("About seen?").fill("A clean room")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_visible()
    # Also where all is answered: only they know whether it is finished.
    page.get_by_role("link", name=WAY).click()
    expect(page.get_by_text("2 of 2 answered")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    expect(page.get_by_text("It says that it is not finished.")).to_have_count(0)
    assert {one["state"]: one["unfinished"] for one in planned.records(one)} == {"replaced": "cut_short", "counts": ""}


def test_what_was_begun_before_a_visit_was_called_off_goes_from_its_screen_also_where_nothing_must_be_answered(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=two_questions(required=False))
    page = visit("group member", width=PHONE)
    begun(page, stack, one)
    planned.end(one, "cancelled_at")
    to(page, f"visit/{one}", ".")
    page.reload()
    expect(page.get_by_text("This visit was called off. What you wrote is still on this phone.")).to_be_visible()
    assert look(page, "visit-called-off-begun") == []
    pictures.take(page, "app-visit-called-off-begun")
    expect(page.get_by_role("link", name="Continue")).to_have_count(0)
    page.get_by_role("link", name="Send what you have", exact=True).click()
    expect(page.get_by_label("The visit was called off")).to_be_checked()
    assert look(page, "stop-called-off") == []
    pictures.take(page, "app-stop-called-off")
    page.get_by_role("button", name="Send what you have").click()
    expect(page.get_by_text("Sent: 0 answers received")).to_be_visible()
    assert [record["unfinished"] for record in planned.records(one)] == ["called_off"]

"""What the app says of a visit is so: who is told of it, what was sent of it elsewhere, and what a press begins."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import Phone, Planned, soon
from e2e.stack import Stack
from e2e.test_accessibility import look
from e2e.test_app_screens import ready, to
from e2e.visiting import PHONE, Visits
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

WHY = "Nobody at the scheme can see this visit before it is logged."
ALREADY = re.compile("^You have already sent this visit, at ")
BEGUN = "Sent. You began to change it."


def seen(page: Page, pictures: Pictures, name: str) -> None:
    """No rule is broken on a screen as it stands; with `--shots` there is a picture of it."""
    assert look(page, name) == []
    pictures.take(page, f"app-{name}")


def three() -> Form:
    asked = (a_question("seen", Kind.TEXT), a_question("day", Kind.DATE), a_question("many", Kind.COUNT))
    return a_form(Section("room", words("Room"), asked))


def write_down(page: Page, visit: object, answer: str) -> None:
    """Begin a visit, and answer its first question."""
    to(page, f"visit/{visit}", ".")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("About seen?").fill(answer)
    expect(page.get_by_text("Safe on this phone")).to_be_visible()


@pytest.fixture
def written(stack: Stack, visit: Visits, planned: Planned) -> tuple[Page, UUID]:
    """A phone on which the first of three questions is answered, and the visit that asks them."""
    one = planned.visit(form=three())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    write_down(page, one, "A cup")
    return page, one


def send(page: Page, visit: object) -> None:
    """Finish it, with signal."""
    to(page, f"visit/{visit}/review", "Look at what you wrote")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 1 answer received")).to_be_visible()


def test_a_visit_that_is_held_back_says_so_in_the_list_and_on_its_screen_until_it_is_logged(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one, announced = planned.visit(form=three()), planned.visit(form=three())

    def now(changed: str) -> None:
        with stack.database() as connection:
            connection.execute(f"UPDATE peer_monitoring_visit SET {changed} WHERE id = %s", [one])

    now("is_held_back = true")
    page = visit("group member", width=PHONE)
    ready(page, stack)
    badge = page.get_by_text("Held back", exact=True)
    rows = {which: page.locator("li", has=page.locator(f'a[href="#visit/{which}"]')) for which in (one, announced)}
    expect(rows[one].get_by_text("Held back", exact=True)).to_be_visible()
    expect(rows[announced].get_by_text("Held back", exact=True)).to_have_count(0)
    seen(page, pictures, "list-held-back")
    to(page, f"visit/{announced}", ".")
    expect(badge).to_have_count(0)
    to(page, f"visit/{one}", ".")
    expect(badge).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    seen(page, pictures, "visit-held-back")
    now("began_at = now()")
    page.reload()
    expect(page.get_by_text("Ready on this phone")).to_be_visible()
    expect(badge).to_be_visible()
    now("logged_at = now()")
    page.reload()
    expect(badge).to_have_count(0)
    expect(page.get_by_text(WHY)).to_have_count(0)


def test_to_look_at_what_was_sent_begins_no_change(
    written: tuple[Page, UUID], planned: Planned, pictures: Pictures
) -> None:
    page, one = written
    to(page, f"visit/{one}/review", "Look at what you wrote")
    expect(page.get_by_text("cannot read it any more")).to_have_count(0)
    expect(page.get_by_text("Then you can read and change it here again.")).to_be_visible()
    seen(page, pictures, "review-after")
    send(page, one)
    change = page.get_by_role("button", name="Change what I sent")
    change.click()
    expect(page.get_by_text("A cup")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(change).to_be_visible()
    expect(page.get_by_text("Sent: 1 answer received")).to_be_visible()
    to(page, "", "My visits")
    expect(page.get_by_text(BEGUN)).to_have_count(0)

    to(page, f"visit/{one}", ".")
    change.click()
    page.get_by_role("link", name=re.compile("^Change ?: About seen")).click()
    page.get_by_label("About seen?").fill("Two cups")
    expect(page.get_by_text("Safe on this phone")).to_be_visible()
    to(page, f"visit/{one}", ".")
    expect(page.get_by_text(BEGUN)).to_be_visible()
    # What arrives is there to be changed at once: nobody waits for signal that is there.
    send(page, one)
    expect(change).to_be_visible()
    expect(page.get_by_text("as soon as there is signal")).to_have_count(0)
    assert sorted(one["state"] for one in planned.records(one)) == ["counts", "replaced"]


def test_what_was_sent_elsewhere_since_is_named_and_never_stands_beside_another_one(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    away, kept = planned.visit(form=three()), planned.visit(form=three())
    page, other = visit("group member", width=PHONE), visit("group member", width=PHONE)
    ready(page, stack)
    for one in (away, kept):
        write_down(page, one, "An older draft")
    ready(other, stack)
    for one in (away, kept):
        write_down(other, one, "From elsewhere")
        send(other, one)

    page.reload()
    to(page, "", "My visits")
    expect(page.get_by_text(ALREADY)).to_have_count(2)
    to(page, f"visit/{away}", ".")
    expect(page.get_by_text(ALREADY)).to_be_visible()
    seen(page, pictures, "visit-sent-already")
    page.get_by_role("button", name="Change what I sent").click()
    expect(page.get_by_text("Throw away what is on this phone, and change what you sent?")).to_be_focused()
    page.get_by_role("button", name="Yes, change what I sent").click()
    expect(page.get_by_text("From elsewhere")).to_be_visible()
    expect(page.get_by_text(ALREADY)).to_have_count(0)
    to(page, f"visit/{away}", ".")
    expect(page.get_by_text("Sent: 1 answer received")).to_be_visible()
    assert [one["answers"]["seen"] for one in planned.records(away)] == ["From elsewhere"]

    to(page, f"visit/{kept}/stop", "Send what you have")
    expect(page.get_by_text("What you finish here takes the place of it.")).to_be_visible()
    to(page, f"visit/{kept}/review", "Look at what you wrote")
    expect(page.get_by_text(ALREADY)).to_be_visible()
    expect(page.get_by_text("What you finish here takes the place of it.")).to_be_visible()
    seen(page, pictures, "review-sent-already")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 1 answer received")).to_be_visible()
    expect(page.get_by_text("We got two that differ.")).to_have_count(0)
    assert {(one["answers"]["seen"], one["state"]) for one in planned.records(kept)} == {
        ("From elsewhere", "replaced"), ("An older draft", "counts"),
    }  # fmt: skip


def test_after_a_concern_they_are_where_they_were_and_what_they_began_is_kept_whole(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=three())
    page = phone.made_ready("group member")
    write_down(page, one, "A cup")
    # Also where the address says no more than to go on, which leads to another question now.
    page.get_by_role("link", name="Concern now").click()
    page.get_by_label("What are you worried about?").fill("It is cold.")
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    expect(page.get_by_text("Safe on this phone")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", name="About seen?")).to_be_focused()

    page.get_by_role("link", name="Concern now").click()
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    page.reload()
    expect(page.get_by_label("What are you worried about?")).to_have_value("It is cold.")
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    to(page, f"visit/{one}", ".")
    begun = page.get_by_text("You began to write a concern and have not sent it. Tell somebody in person.")
    assert begun.bounding_box()["y"] < page.get_by_role("link", name="Continue").bounding_box()["y"]  # type: ignore[index]
    seen(page, pictures, "visit-concern-begun")

    to(page, f"visit/{one}/ask/many", "About many")
    phone.line.cut()
    page.get_by_role("link", name="Concern now").click()
    expect(page.get_by_text("There is no signal now.")).to_be_visible()
    person = page.get_by_role("heading", name="Tell somebody in person")
    expect(person).to_have_count(0)
    rung = page.get_by_role("main").get_by_role("link", name=re.compile("07700"))
    assert len(set(rung.all_text_contents())) == rung.count() > 0
    expect(page.get_by_text(re.compile("^What you write goes, as soon as there is signal, to the"))).to_be_visible()
    expect(page.get_by_text(re.compile("goes at once"))).to_have_count(0)
    seen(page, pictures, "concern-no-signal")
    phone.line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(person).to_be_visible()
    expect(page.get_by_text(re.compile("^What you write goes at once to the"))).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="Your concern was sent")).to_be_visible()
    page.get_by_role("link", name="Go back to where you were").click()
    expect(page.get_by_role("heading", name="About many?")).to_be_focused()
    soon(lambda: planned.concerns(one) == 1)


def test_the_last_screen_says_a_day_in_words_and_a_number_is_asked_for_as_on_the_pages(
    written: tuple[Page, UUID], pictures: Pictures
) -> None:
    page, one = written
    to(page, f"visit/{one}/ask/day", "About day")
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("About many?").fill("lots")
    page.get_by_role("button", name="Look at it all").click()
    expect(page.locator(".nhsuk-error-summary").get_by_text("Enter a number, like 12.")).to_be_visible()
    to(page, f"visit/{one}/review", "Look at what you wrote")
    expect(page.get_by_text("Sunday 1 November 2026", exact=True)).to_be_visible()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_role("link", name="About many? Enter a number, like 12.")).to_be_visible()
    seen(page, pictures, "review-day")

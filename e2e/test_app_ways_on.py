"""The app leads on from wherever somebody stands: after a change, a mistake, a try without signal, a visit's end."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import BrowserType, Locator, Page, expect

from e2e.line import line_to
from e2e.phones import Phone, Planned, a_photo, soon
from e2e.stack import Stack
from questions.limits import alone
from questions.shape import Choice, Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

TRY = "Try to send now"


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], stack: Stack, tmp_path: Path
) -> Iterator[Phone]:
    """A phone of its own, on a line of its own; whatever its pages do wrong fails the test."""
    with line_to(stack.port) as line:
        made = Phone(browser_type, browser_type_launch_args, tmp_path / "phone", line, stack)
        yield made
        made.switch_off()
    assert not made.problems, "\n".join(made.problems)


def branching() -> Form:
    """A question whose "no" opens a question beside it and a whole section; one that stands alone; and a photo."""
    choices = tuple(Choice(value, words(label)) for value, label in (("water", "Water"), ("none", "None of these")))
    rights = Section("rights", words("Rights"), (
        a_question("told"), a_question("why", Kind.TEXT, relevant="${told} = 'no'"), a_question("seen", Kind.TEXT),
    ))  # fmt: skip
    more = (a_question("mind", Kind.NOTE), a_question("after", Kind.TEXT))
    room = (
        a_question("there", Kind.MANY, choices=choices, constraint=alone("none"), message=words("Not both.")),
        a_question("shot", Kind.PHOTO),
    )
    return a_form(
        rights, Section("more", words("More"), more, relevant="${told} = 'no'"), Section("room", words("Room"), room)
    )


def at(page: Page, screen: str) -> None:
    page.goto(f"{page.url.partition('#')[0]}#{screen}")


def begin(page: Page, visit: UUID) -> None:
    at(page, "")
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()


def way_to_change(page: Page, question: str) -> Locator:
    return page.get_by_role("link", name=re.compile(f"^Change ?: {re.escape(question)}$"))


def on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def test_a_change_leads_back_to_the_last_screen_through_what_it_opens(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    page.get_by_role("radio", name="Yes", exact=True).check(force=True)
    at(page, f"visit/{visit}/review")
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_focused()

    way_to_change(page, "About seen?").click()
    page.get_by_label("About seen?").fill("A clean room")
    on(page)
    expect(way_to_change(page, "About seen?")).to_be_focused()
    expect(page.get_by_text("A clean room")).to_be_visible()

    way_to_change(page, "About told?").click()
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    on(page)
    expect(page.get_by_role("heading", name="About why?")).to_be_focused()
    page.reload()
    page.get_by_label("About why?").fill("Nobody came")
    on(page)
    expect(way_to_change(page, "About why?")).to_be_focused()


def test_back_leads_to_the_question_before_and_from_the_first_one_to_the_visit(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    back = page.get_by_role("link", name="Back")
    begin(page, visit)
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("About why?").fill("Nobody came")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="About seen?")).to_be_focused()
    page.get_by_label("About seen?").fill("A clean room")
    back.click()
    expect(page.get_by_role("heading", name="About why?")).to_be_focused()
    expect(page.get_by_label("About why?")).to_have_value("Nobody came")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("About seen?")).to_have_value("A clean room")
    back.click()
    back.click()
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    back.click()
    expect(page.get_by_role("link", name="Continue")).to_be_visible()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Go to the visit").click()
    expect(page.get_by_role("link", name="Continue")).to_be_visible()


def test_what_is_asked_anew_is_asked_once_also_where_nobody_answers_it(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    page.get_by_role("radio", name="Yes", exact=True).check(force=True)
    at(page, f"visit/{visit}/review")
    way_to_change(page, "About told?").click()
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    on(page)
    for asked in ("About why?", "About mind?", "About after?"):
        expect(page.get_by_role("heading", name=asked)).to_be_focused()
        on(page)
    # What had been passed over before the change is not asked again.
    expect(way_to_change(page, "About after?")).to_be_focused()
    way_to_change(page, "About told?").click()
    page.get_by_role("link", name="Back").click()
    expect(way_to_change(page, "About told?")).to_be_focused()


def test_a_change_a_section_at_a_time_begins_at_its_question(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    at(page, f"visit/{visit}")
    page.get_by_label("A section at a time").check(force=True)
    at(page, f"visit/{visit}/review")
    way_to_change(page, "About seen?").click()
    expect(page.get_by_label("About seen?")).to_be_focused()
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    on(page)
    expect(page.get_by_role("heading", name="More", exact=True)).to_be_focused()
    on(page)
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_visible()


def test_none_of_these_unticks_the_others_and_they_untick_it(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    at(page, f"visit/{visit}/ask/there")
    water, none = page.get_by_role("checkbox", name="Water"), page.get_by_role("checkbox", name="None of these")
    water.check(force=True)
    none.check(force=True)
    expect(water).not_to_be_checked()
    water.check(force=True)
    expect(none).not_to_be_checked()
    none.check(force=True)
    page.get_by_role("button", name="Next").click()
    at(page, f"visit/{visit}/review")
    expect(page.get_by_text("None of these")).to_be_visible()
    expect(page.get_by_text("Water")).to_have_count(0)


def test_what_was_wrong_with_a_photo_goes_with_a_good_one(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    at(page, f"visit/{visit}/ask/shot")
    expect(page.get_by_role("heading", name="About shot?")).to_be_focused()
    taking = page.locator("input[type=file]")
    taking.set_input_files({"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    wrong = page.get_by_text("This is no photo that the phone can read.")
    expect(wrong).to_be_visible()
    taking.set_input_files({"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()
    expect(wrong).to_have_count(0)


def test_a_try_without_signal_says_so_and_one_with_signal_how_far_it_is(phone: Phone, planned: Planned) -> None:
    first, second = planned.visit(form=branching()), planned.visit(form=branching())
    page = phone.made_ready("group member")
    phone.line.cut()
    for visit in (first, second):
        begin(page, visit)
        at(page, f"visit/{visit}/review")
        page.get_by_role("button", name="Finish and send").click()
        expect(page.get_by_text("Waiting for signal")).to_be_visible()
    at(page, "")
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    page.get_by_role("button", name=TRY).click()
    said = page.get_by_text("There is still no signal. All that you wrote is safe on this phone.")
    expect(said).to_be_visible()
    phone.line.mend()
    with phone.line.hanging("/record/"):
        page.get_by_role("button", name=TRY).click()
        expect(page.get_by_text("Trying to send… 0 of 2 sent.")).to_be_visible()
        expect(said).to_have_count(0)
        expect(page.get_by_text("This takes a while: the signal is weak.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("All of it was sent.")).to_be_visible()
    assert len(planned.records(first)) == len(planned.records(second)) == 1


def test_a_phone_that_was_shut_out_says_so_before_anything_is_sent(phone: Phone, planned: Planned) -> None:
    begun, done = planned.visit(form=branching()), planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, begun)
    phone.line.cut()
    begin(page, done)
    at(page, f"visit/{done}/review")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    planned.shut_out("group member")
    phone.forget_session()
    phone.line.mend()
    # Nothing is delivered meanwhile: it is said by what is asked first of all.
    with phone.line.hanging("/record/"):
        page.reload()
        above = page.get_by_text("This phone may not send any more. It was shut out on the page “My phones”.")
        expect(above).to_be_visible()
        expect(page.get_by_text("Waiting for signal")).to_have_count(0)
        at(page, "")
        lines = page.get_by_text("This phone was shut out, so nothing is sent from it now.")
        expect(lines.first).to_be_visible()
        assert (
            page.locator("main li", has=lines).count()
            == page.locator("main .app-rows > li", has=page.locator("a")).count()
        )
        expect(page.get_by_text("1 thing waits on this phone. It was shut out")).to_be_visible()
        expect(page.get_by_role("button", name=TRY)).to_have_count(0)
    phone.sign_in("group member", page)
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(above).to_have_count(0)
    soon(lambda: len(planned.records(done)) == 1)
    expect(page.get_by_text("This phone was shut out")).to_have_count(0)


def test_whoever_comes_back_to_a_phone_names_it_once_and_is_told_that_the_pin_is_gone(phone: Phone) -> None:
    page = phone.made_ready("group member")
    at(page, "pin")
    page.get_by_label("Choose a PIN").fill("271828")
    page.get_by_label("The same PIN again").fill("271828")
    page.get_by_role("button", name="Use this PIN").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    at(page, "out")
    expect(page.get_by_text("Your PIN goes too.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    phone.sign_in("group member", page)
    expect(page.get_by_text("You have used this phone before.")).to_be_visible()
    expect(page.get_by_text("The PIN that you had here went when you signed out.")).to_be_visible()
    expect(page.get_by_label("What do you call this phone?")).to_have_count(0)
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="A PIN for this phone")).to_be_focused()
    expect(page.get_by_text("The PIN that you had went when you signed out.")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()


def test_where_signing_in_is_what_helps_the_app_says_that(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    at(page, f"visit/{visit}/review")
    expect(page.get_by_role("button", name="Finish and send")).to_be_visible()
    phone.forget_session()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 0 answers received")).to_be_visible()
    expect(page.get_by_text("To change it, sign in first.")).to_be_visible()
    expect(page.get_by_text(re.compile("open the app with signal once"))).to_have_count(0)
    at(page, f"visit/{uuid4()}")
    expect(page.get_by_text("If your lead asked you lately, sign in. The visit comes then.")).to_be_visible()


def test_whoever_signed_out_without_signal_is_told_so_and_that_signing_in_needs_signal(phone: Phone) -> None:
    page = phone.made_ready("group member")
    phone.line.cut()
    at(page, "out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    still = page.get_by_text("There is still no signal, so you cannot sign in.")
    page.get_by_role("button", name="Sign in").click()
    expect(still).to_be_visible()
    page.goto(f"{phone.origin}/app/")
    expect(page.get_by_text("You are signed out of this phone.")).to_be_visible()
    expect(page.get_by_text("What waits to be sent stays on this phone")).to_be_visible()
    expect(page.get_by_text("To sign in, you need signal.")).to_be_visible()
    expect(page.get_by_text("no visit is on this phone yet")).to_have_count(0)
    page.get_by_role("button", name="Sign in").click()
    expect(still).to_be_visible()
    phone.line.mend()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_visit_that_is_over_called_off_or_left_says_what_becomes_of_what_was_written(
    phone: Phone, planned: Planned
) -> None:
    off, over, left, nothing = (planned.visit(form=branching()) for _ in range(4))
    page = phone.made_ready("group member")
    begin(page, off)
    begin(page, left)
    begin(page, over)
    at(page, f"visit/{over}/review")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 0 answers received")).to_be_visible()
    planned.end(off, "cancelled_at")
    planned.end(over, "closed_at")
    planned.leave(left)
    at(page, f"visit/{nothing}")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    planned.leave(nothing)
    page.reload()
    expect(page.get_by_role("heading", name="This visit is not on this phone")).to_be_visible()
    expect(page.get_by_text("What you sent stays with your group.")).to_be_visible()
    page.get_by_role("link", name="Go to my visits").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()

    at(page, f"visit/{off}")
    expect(page.get_by_text("This visit was called off. What you wrote is still on this phone.")).to_be_visible()
    expect(page.get_by_text("Your lead wrote: Somebody is ill")).to_be_visible()
    expect(page.get_by_role("link", name="Look at it all and send it")).to_be_visible()
    expect(page.get_by_role("button", name="Throw away what I wrote")).to_be_visible()
    at(page, f"visit/{left}")
    expect(page.get_by_text("You are no longer on the team of this visit. What you wrote is still")).to_be_visible()
    page.get_by_role("button", name="Throw away what I wrote").click()
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.get_by_text("You wrote nothing on it, so nothing is lost.")).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)
    expect(page.get_by_role("link", name="Go to my visits")).to_be_visible()
    at(page, f"visit/{over}")
    expect(
        page.get_by_text("This visit is over. Your lead has closed it. Your group keeps what arrived.")
    ).to_be_visible()
    expect(page.get_by_role("link", name="Go to my visits")).to_be_visible()
    expect(page.get_by_text(re.compile("open the app with signal once"))).to_have_count(0)


@pytest.mark.parametrize("pin", ["", "271828"])
def test_what_was_typed_last_is_kept_where_the_page_ends_at_once(phone: Phone, planned: Planned, pin: str) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    if pin:
        at(page, "pin")
        page.get_by_label("Choose a PIN").fill(pin)
        page.get_by_label("The same PIN again").fill(pin)
        page.get_by_role("button", name="Use this PIN").click()
        expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    for typed in ("closed", "loaded again", "another address"):
        at(page, f"visit/{visit}/ask/seen")
        expect(page.get_by_role("heading", name="About seen?")).to_be_visible()
        page.get_by_label("About seen?").fill(typed)
        # In the same moment: nothing has been kept yet.
        if typed == "closed":
            page.close()
            page = phone.open(f"/app/#visit/{visit}/ask/seen")
        elif typed == "loaded again":
            page.reload()
        else:
            page.goto(f"{phone.origin}/visits/")
            page.goto(f"{phone.origin}/app/#visit/{visit}/ask/seen")
        if pin:
            page.get_by_label("PIN", exact=True).fill(pin)
            page.get_by_role("button", name="Open").click()
        expect(page.get_by_label("About seen?")).to_have_value(typed)
    at(page, f"visit/{visit}/ask/seen")
    page.get_by_label("About seen?").fill("gone on")
    at(page, f"visit/{visit}/review")
    expect(page.get_by_text("gone on")).to_be_visible()

    at(page, f"concern/{visit}")
    page.get_by_label("What are you worried about?").fill("Nobody has looked in")
    page.reload()
    if pin:
        page.get_by_label("PIN", exact=True).fill(pin)
        page.get_by_role("button", name="Open").click()
    expect(page.get_by_label("What are you worried about?")).to_have_value("Nobody has looked in")

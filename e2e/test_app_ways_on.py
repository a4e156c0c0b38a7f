"""The app leads on from wherever somebody stands: after a change, a mistake, a try without signal, a visit's end."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Pictures
from e2e.phones import Phone, Planned, a_photo
from e2e.test_accessibility import look
from questions.limits import alone
from questions.shape import Choice, Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

TRY = "Try to send now"


def seen(page: Page, pictures: Pictures, name: str) -> None:
    """No rule is broken on a screen as it stands; with `--shots` there is a picture of it."""
    assert look(page, name) == []
    pictures.take(page, f"app-{name}")


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
    expect(page.get_by_role("heading", level=1, name=re.compile("suite|court"))).to_be_focused()
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


def test_a_try_without_signal_says_so_and_one_with_signal_how_far_it_is(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
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
    seen(page, pictures, "still-no-signal")
    phone.line.mend()
    with phone.line.hanging("/record/"):
        page.get_by_role("button", name=TRY).click()
        expect(page.get_by_text("Trying to send… 0 of 2 sent.")).to_be_visible()
        expect(said).to_have_count(0)
        expect(page.get_by_text("This takes a while: the signal is weak.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("All of it was sent.")).to_be_visible()
    assert len(planned.records(first)) == len(planned.records(second)) == 1


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

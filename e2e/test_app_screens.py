"""Every screen of the app: no rule of WCAG 2.2 AA broken, nothing too wide for a phone, and all of it by keyboard."""

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import Planned, a_photo, let_more_be_made_ready
from e2e.stack import Stack
from e2e.test_accessibility import SETTLED, TOO_WIDE, at_width, look
from e2e.test_keyboard import tab_to
from e2e.visiting import DESK, PHONE, Visits
from questions.shape import Choice, Form, Kind, Section
from tests.factories.questions import a_form, a_question, every_kind, words


def ready(page: Page, stack: Stack) -> None:
    let_more_be_made_ready(stack)
    page.goto(f"{stack.platform}/app/")
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()


def test_no_screen_breaks_a_rule(stack: Stack, visit: Visits, planned: Planned, pictures: Pictures) -> None:
    one = planned.visit(form=every_kind())
    page = visit("group member", width=PHONE)
    problems: list[str] = []

    def seen(name: str) -> None:
        """Look at a screen as a phone shows it, and at how wide it is on a desk."""
        at_width(page, DESK)
        problems.extend(f"{name} at {DESK}: {one}" for one in page.evaluate(TOO_WIDE))
        at_width(page, PHONE)
        pictures.take(page, f"app-{name}")
        problems.extend(look(page, name))

    page.goto(f"{stack.platform}/app/")
    expect(page.get_by_role("button", name="Make ready on this phone")).to_be_visible()
    seen("start")
    ready(page, stack)
    seen("list")
    to(page, f"visit/{one}", "Riverside|suite|court|.")
    seen("visit")
    page.get_by_role("button", name="Begin").click()
    for step in every_kind_of_step():
        to(page, f"visit/{one}/ask/{step}", ".")
        if step == "photo":
            file = {"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
            page.locator("input[type=file]").set_input_files(file)
            expect(page.get_by_role("img", name="Your photo")).to_be_visible()
        seen(f"ask-{step}")
    page.get_by_role("button", name="Add one").click()
    expect(page.get_by_role("heading", name="About who?")).to_be_focused()
    to(page, f"visit/{one}/ask/limited", "About limited")
    page.get_by_label("About limited?").fill("12")
    page.keyboard.press("Tab")
    expect(page.locator("main .nhsuk-error-message")).to_be_visible()  # it moves the button down
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    seen("ask-problem")
    to(page, f"visit/{one}", ".")
    page.get_by_label("A section at a time").check(force=True)
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", name="All", exact=True)).to_be_focused()
    seen("section")
    to(page, f"visit/{one}/ask/people", "People")
    seen("section-of-rounds")
    to(page, f"visit/{one}/review", "Look at what you wrote")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    seen("review")
    to(page, f"visit/{one}", ".")
    seen("visit-begun")
    to(page, "concern", "Concern now")
    seen("concern-which")
    to(page, f"concern/{one}", "Concern now")
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    seen("concern")
    ours = planned.visit(photos=False)
    page.reload()
    to(page, f"visit/{ours}", ".")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Easy Read").click()
    expect(page.get_by_text("Is somebody in danger? Tell staff now.")).to_be_visible()
    expect(page.get_by_text("Are there signs that you can understand?")).to_be_visible()
    seen("ask-easy-read")
    to(page, f"visit/{ours}/ask/room_photo", ".")
    expect(page.get_by_text("You may not take photos here.")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    seen("ask-no-photo")
    to(page, "pin", "A PIN for this phone")
    seen("pin")
    to(page, "out", "Sign out of this phone")
    seen("out")
    to(page, "out/done", "You are signed out")
    seen("out-done")
    assert not problems, "\n".join(problems)


def every_kind_of_step() -> list[str]:
    return [*(kind.value for kind in Kind), "people"]


def to(page: Page, screen: str, heading: str) -> None:
    """Another screen, by its address."""
    page.goto(f"{page.url.partition('#')[0]}#{screen}")
    expect(page.get_by_role("heading", level=1, name=re.compile(heading))).to_be_focused()
    page.evaluate(SETTLED)


def test_without_a_script_a_worker_or_a_database_the_app_says_so(stack: Stack, visit: Visits) -> None:
    page = visit(javascript=False, start=f"{stack.platform}/app/")
    page.get_by_role("link", name="write on the pages of your visits").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page = visit("group member")
    page.add_init_script("navigator.serviceWorker.register = () => Promise.reject(new TypeError('no modules'))")
    page.goto(f"{stack.platform}/app/")
    expect(page.get_by_text("This browser cannot open the app without signal.")).to_be_visible()
    expect(page.get_by_role("button", name="Make ready on this phone")).to_be_visible()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
    page.reload()
    expect(page.get_by_text("This browser keeps nothing.")).to_be_visible()
    expect(page.get_by_role("heading", name="Visits on this phone")).to_be_visible()


def test_a_visit_by_keyboard(stack: Stack, visit: Visits, planned: Planned) -> None:
    one = planned.visit(form=two_sections())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    tab_to_way(page, one)
    page.keyboard.press("Enter")
    tab_to(page, "button", "Begin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()
    tab_to(page, "radio", "Yes")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Partly")).to_be_checked()
    tab_to(page, "button", "Next")
    page.keyboard.press("Enter")
    tab_to(page, "checkbox", "Water")
    page.keyboard.press("Space")
    tab_to(page, "button", "Look at it all")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_focused()
    tab_to(page, "button", "Finish and send")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    assert [record["answers"] for record in planned.records(one)] == [{"told": "partly", "there": "water"}]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Concern now")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Concern now")).to_be_focused()
    tab_to(page, "textbox", "What are you worried about?")
    page.keyboard.type("Somebody is not safe.")
    tab_to(page, "radio", "Yes")
    page.keyboard.press("Space")
    tab_to(page, "button", "Send it now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your concern was sent")).to_be_focused()


def tab_to_way(page: Page, one: UUID) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == f"#visit/{one}":
            return
    raise AssertionError("The visit cannot be reached by Tab.")


def two_sections() -> Form:
    choices = (Choice("water", words("Water"), "health"), Choice("seats", words("Seats"), "home"))
    there = a_question("there", Kind.MANY, choices=choices)
    rights = Section("rights", words("Rights"), (a_question("told", required=True),))
    return a_form(rights, Section("room", words("Room"), (there,)))

"""Every screen of the app: no rule of WCAG 2.2 AA broken, nothing too wide for a phone, and all of it by keyboard."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import Planned, a_photo, count_anew
from e2e.stack import Stack
from e2e.test_accessibility import SETTLED, TOO_WIDE, at_width, look
from e2e.test_keyboard import tab_to
from e2e.visiting import DESK, PHONE, Visits
from questions.shape import Choice, Form, Kind, Section
from tests.factories.questions import a_form, a_question, every_kind, words

# As on the visit before: one question, or a section, at a time.
CHOOSE = """async mode => {
  const asked = request => new Promise(done => { request.onsuccess = () => done(request.result) })
  const db = await asked(indexedDB.open('alongside-visits'))
  await asked(db.transaction('notes', 'readwrite').objectStore('notes').put(mode, 'mode'))
  db.close()
}"""
# What had the focus when each screen was drawn, before anything else happened.
WATCH_FOCUS = """() => {
  window.hadFocus = []
  const screen = document.querySelector('[data-visits=screen]')
  new MutationObserver(() => window.hadFocus.push(document.activeElement.tagName)).observe(screen, { childList: true })
}"""
# What the server says of somebody's visits comes when it is let go, and `data-let-go` once it must have been taken in;
# until then nothing is shown of itself.
HOLD_BACK = """(() => {
  const [ask, wait] = [window.fetch, window.setTimeout]
  const held = new Promise(done => { window.letGo = done })
  window.fetch = async (...what) => {
    const answer = await ask(...what)
    if (!String(what[0].url ?? what[0]).includes('mine.json')) return answer
    await held
    wait(() => document.body.setAttribute('data-let-go', ''), 700)
    return answer
  }
  window.setTimeout = (act, long, ...more) => wait(act, long === 1500 ? 60_000 : long, ...more)
})()"""
# How far down on its page something stands, wherever that is scrolled to.
WHERE = "one => Math.round(one.getBoundingClientRect().top + scrollY)"


def ready(page: Page, stack: Stack) -> None:
    count_anew(stack)
    page.goto(f"{stack.platform}/app/")
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()


def test_under_a_short_screen_stands_no_empty_footer(stack: Stack, visit: Visits) -> None:
    page = visit("group member", width=PHONE)
    ready(page, stack)
    colour = "one => getComputedStyle(document.querySelector(one)).backgroundColor"
    assert page.evaluate(colour, "html") == page.evaluate(colour, "body") != "rgba(0, 0, 0, 0)"


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
    expect(page.get_by_text("Is somebody in danger? Tell the person in charge now.")).to_be_visible()
    expect(page.get_by_text("Were there signs to L&D that people can read and understand?")).to_be_visible()
    seen("ask-easy-read")
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
    """Another screen, by its address; what the one before shows is none of it."""
    address = f"{page.url.partition('#')[0]}#{screen}"
    if page.url != address:
        page.evaluate("document.querySelector('h1')?.setAttribute('data-before', '')")
    page.goto(address)
    headings = page.get_by_role("heading", level=1, name=re.compile(heading))
    expect(headings.and_(page.locator("h1:not([data-before])"))).to_be_focused()
    page.evaluate(SETTLED)


@pytest.mark.parametrize("mode", ["question", "section"])
def test_a_slow_press_goes_on_right_after_something_wrong_was_typed_and_right_after_it_was_put_right(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures, mode: str
) -> None:
    one = planned.visit(form=every_kind())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    page.evaluate(CHOOSE, mode)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(re.compile("/ask$"))
    to(page, f"visit/{one}/ask/limited", "limited" if mode == "question" else "All")
    box, onward = page.get_by_label("About limited?"), page.get_by_role("button", name="Next")
    wrong = page.locator("main").get_by_text("Give 9 or less.")
    for typed in ("12", "13"):
        box.fill(typed)
        onward.click(delay=500)
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        expect(wrong).to_have_count(2)  # in the summary and beside the question
    pictures.take(page, f"app-wrong-{mode}")
    stood = onward.evaluate(WHERE)
    box.fill("5")
    expect(wrong).to_have_count(1)
    assert onward.evaluate(WHERE) == stood
    pictures.take(page, f"app-put-right-{mode}")
    box.fill("12")
    onward.click()
    expect(wrong).to_have_count(2)
    box.fill("5")
    onward.click(delay=500)
    expect(page).not_to_have_url(re.compile("limited$"))
    expect(page.get_by_label("About limited?")).to_have_count(0)


def test_what_is_wrong_is_not_called_safe_and_not_counted_and_is_where_they_go_on(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    asked = (a_question("many", Kind.COUNT), a_question("came", Kind.TIME), a_question("seen", Kind.TEXT))
    one = planned.visit(form=a_form(Section("room", words("Room"), asked)))
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    safe, check = page.get_by_text("Safe on this phone"), page.get_by_text("Kept as typed. Please check it.")
    page.get_by_label("About many?").fill("lots")
    expect(check).to_be_visible()
    expect(safe).to_have_count(0)
    assert check.evaluate("one => getComputedStyle(one).color") == "rgb(33, 43, 50)"
    pictures.take(page, "app-kept-as-typed")
    to(page, f"visit/{one}/ask/came", "About came")
    came = page.get_by_label("About came?")
    came.fill("14:05")
    expect(safe).to_be_visible()
    # While they still write it, it may come right.
    came.fill("14:0")
    expect(safe).to_have_count(0)
    expect(check).to_have_count(0)
    for never in ("25:00", "xx"):
        came.fill(never)
        expect(came).to_be_focused()
        expect(check).to_be_visible()
        expect(safe).to_have_count(0)
        came.fill("2:05pm")
        expect(safe).to_be_visible()
    came.fill("2")
    expect(safe).to_have_count(0)
    page.keyboard.press("Tab")
    expect(check).to_be_visible()
    to(page, f"visit/{one}", ".")
    expect(page.get_by_text("0 of 3 answered").first).to_be_visible()
    to(page, f"visit/{one}/stop", "Send what you have")
    expect(page.get_by_text("0 of 3 answered")).to_be_visible()
    to(page, f"visit/{one}", ".")
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", name="About many?")).to_be_focused()
    expect(check).to_be_visible()
    page.get_by_label("About many?").fill("4")
    expect(safe).to_be_visible()
    assert safe.evaluate("one => getComputedStyle(one).color") == "rgb(0, 127, 59)"


def test_the_last_screen_says_what_is_missing_before_they_finish(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=two_sections())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Look at it all").click()
    said = page.get_by_text("Some answers are missing or wrong. They are marked below.")
    expect(said).to_be_visible()
    pictures.take(page, "app-review-missing")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(said.locator("visible=true")).to_have_count(1)
    page.get_by_role("link", name="About told? This must be answered").click()
    page.get_by_role("radio", name="Yes", exact=True).check(force=True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Finish and send")).to_be_visible()
    expect(said.locator("visible=true")).to_have_count(0)


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


def test_a_screen_has_the_focus_as_soon_as_it_stands(stack: Stack, visit: Visits, planned: Planned) -> None:
    """Whoever presses Tab at once is not brought back to its heading."""
    one = planned.visit(form=two_sections())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    page.evaluate(WATCH_FOCUS)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About told?")).to_be_focused()
    assert page.evaluate("window.hadFocus") == ["H1", "H1"]


def test_whoever_went_on_before_the_server_answered_stays_where_they_are(
    stack: Stack, visit: Visits, planned: Planned
) -> None:
    one = planned.visit(form=two_sections())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    page.add_init_script(HOLD_BACK)
    page.reload()
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("radio", name="Partly").check(force=True)
    expect(page.get_by_text("Safe on this phone")).to_be_visible()
    page.evaluate("window.letGo()")
    expect(page.locator("body")).to_have_attribute("data-let-go", "")
    expect(page.get_by_role("heading", name="About told?")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="About there?")).to_be_focused()


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


SIZES = "all => all.map(one => one.getBoundingClientRect()).map(({ width, height }) => [width, height])"


def test_pictures_of_easy_read_are_as_large_on_a_plain_page_as_in_the_app(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit()
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Easy Read").click()
    expect(page.get_by_text("Is somebody in danger? Tell the person in charge now.")).to_be_visible()
    to(page, f"visit/{one}/ask/signs", ".")
    asked = page.locator(".app-visits-question", has_text="Were there signs")
    expect(asked.get_by_role("radio")).to_have_count(4)
    in_app = asked.locator(".app-easy__picture").evaluate_all(SIZES)
    assert in_app == [[96, 96], *[[40, 40]] * 4]
    page.goto(f"{stack.platform}/visits/")
    href = page.locator(f"a[href*='{one}']").first.get_attribute("href") or ""
    page.goto(f"{stack.platform}{href.partition(str(one))[0]}{one}/log/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Easy Read").click()
    expect(asked.get_by_role("radio")).to_have_count(4)
    assert asked.locator(".app-easy__picture").evaluate_all(SIZES) == in_app
    pictures.take(page, "page-easy-read")

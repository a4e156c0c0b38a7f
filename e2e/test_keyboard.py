"""The main journeys by keyboard alone: where one is can be seen, and nothing is out of reach."""

from playwright.sync_api import Page, expect

from e2e.stack import Stack
from e2e.visiting import PEOPLE, WILLOWFORD, Visits, into
from e2e.walking import acknowledge, open_own, open_point, report, say

FURTHEST = 60  # presses of Tab after which something counts as out of reach
SEEN = """() => {
  const it = document.activeElement
  const style = getComputedStyle(it)
  const beside = it.labels && it.labels.length ? getComputedStyle(it.labels[0], '::before') : style
  const marked = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'
  const box = it.getBoundingClientRect()
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  const covered = middle && middle.closest('[data-leave]') && !it.matches('[data-leave]')
  return {
    marked: marked(style) || marked(beside) || style.backgroundColor === 'rgb(255, 235, 59)',
    inView: box.bottom > 0 && box.top < innerHeight && !covered
  }
}"""


def test_the_first_press_of_tab_offers_to_skip_to_the_main_content(stack: Stack, visit: Visits) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/tell-us/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#maincontent")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_telling_us_something_by_keyboard(stack: Stack, visit: Visits) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/tell-us/")
    tab_to(page, "button", "Start")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is it about?")).to_be_focused()
    tab_to(page, "radio", "The service")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What would you like us to know?")).to_be_focused()
    tab_to(page, "button", "Go on")
    page.keyboard.press("Enter")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What would you like us to know?")).to_be_focused()
    page.keyboard.type("The tea is cold.")
    tab_to(page, "button", "Go on")
    page.keyboard.press("Enter")
    tab_to(page, "radio", "I use it now")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("I have used it before")).to_be_checked()
    page.keyboard.press("Enter")
    tab_to(page, "checkbox", "You may put this on the website")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check before you send it")).to_be_focused()
    tab_to(page, "button", "Send this to us")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_signing_in_by_keyboard(stack: Stack, visit: Visits) -> None:
    page = visit(start=stack.scheme(WILLOWFORD))
    tab_to(page, "link", "Sign in")
    page.keyboard.press("Enter")
    tab_to(page, "textbox", "Email")
    page.keyboard.type(PEOPLE["Lou"])
    tab_to(page, "textbox", "Password")
    page.keyboard.type(stack.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.scheme(WILLOWFORD)}/")
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def test_deciding_and_answering_whether_it_changed_by_keyboard(stack: Stack, visit: Visits) -> None:
    said = "The sign on the door is too small to read."
    lou, lead = into(visit("Lou"), stack), into(visit("involvement lead"), stack)
    say(lou, said)
    open_point(lead, said)
    acknowledge(lead)
    tab_to(lead, "link", "Decide")
    lead.keyboard.press("Enter")
    tab_to(lead, "radio", "Yes")
    lead.keyboard.press("ArrowDown")
    tab_to(lead, "textbox", "If no: why not")
    lead.keyboard.type("Everybody uses the same door.")
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("heading", name="Decide")).to_be_visible()
    tab_to(lead, "radio", "We will")
    lead.keyboard.press("Space")
    tab_to(lead, "textbox", "The answer")
    lead.keyboard.type("We will put up a bigger sign.")
    tab_to(lead, "textbox", "Why")
    lead.keyboard.type("Everybody must find the way in.")
    tab_to(lead, "combobox", "Who sees to it")
    lead.keyboard.type("Edie")
    for name, number in (("Day", "27"), ("Month", "3"), ("Year", "2030")):
        tab_to(lead, "textbox", name)
        lead.keyboard.type(number)
    tab_to(lead, "button", "Decide and tell those who said it")
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("heading", name="Answer 1: We will")).to_be_visible()

    report(lead, "Say that it is done", "The new sign is up.")
    open_own(lou, said)
    tab_to(lou, "radio", "Yes")
    lou.keyboard.press("Space")
    tab_to(lou, "button", "Send my answer")
    lou.keyboard.press("Enter")
    expect(lou.get_by_role("heading", name="This has changed.")).to_be_visible()


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until something has the focus; wherever it rests on the way can be seen."""
    wanted = page.get_by_role(role, name=name, exact=False).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        assert all(seen.values()), f"{seen}: {page.evaluate('document.activeElement.outerHTML')}"
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"{role} “{name}” cannot be reached by Tab.")

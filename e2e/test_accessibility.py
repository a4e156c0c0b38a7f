"""Every page of ours: no rule of WCAG 2.2 AA broken, no sideways scroll, and a way out for service users.

The list of pages is the tables in `tenants.schemes.pages`: a page that is new there is tried here, or fails.
"""

import os
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from e2e.conftest import Pictures
from e2e.pages import SCHEME, Place, Places, follow_links, found_once, names
from e2e.stack import ROOT, Stack
from e2e.visiting import DESK, PHONE, WILLOWFORD, Looks, Visits, into
from e2e.walking import come_to_the_words, go_on
from e2e.ways import WAYS

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# The design system's own field for files names its button by its label and the button's words with commas between,
# which the rule about names does not follow. Only the page of components shows one.
RUN = """async rules => {
  const where = { exclude: ['.nhsuk-file-upload__drop-button'] }
  const found = await axe.run(where, { runOnly: rules, resultTypes: ['violations'] })
  return found.violations.map(one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(' | ')}`)
}"""
TOO_WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return []
  return [...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 200))
    .concat(`The page is ${document.documentElement.scrollWidth} wide.`)
}"""
# The menu finds its place anew in the frames after a change of width.
SETTLED = """async () => {
  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
}"""
# Chooses the first of each kind of choice, and opens what is folded away.
INTERACT = """() => {
  document.querySelector('header button[aria-expanded=false]')?.click()
  document.querySelectorAll('main details').forEach(one => { one.open = true })
  document.querySelectorAll('main fieldset').forEach(one => one.querySelector('input[type=radio]')?.click())
  document.querySelectorAll('main input[type=checkbox]').forEach(one => one.click())
}"""
# A form that asks for something, sent with nothing in it, is sent back with what is wrong.
EMPTY = """() => {
  const asks = 'textarea, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), input[type=radio]'
  const forms = [...document.querySelectorAll('main form[method=post]:not([data-passkey])')]
  const form = forms.find(one => one.querySelector(asks))
  for (const one of form ? form.querySelectorAll(asks + ', select') : []) {
    if (one.type === 'radio') one.checked = false
    else one.value = ''
  }
  const sends = 'button:not([type=button])'
  return form ? form.querySelector(sends + ':not(.nhsuk-button--secondary)') ?? form.querySelector(sends) : null
}"""
# For a form that takes what is empty as an answer.
TAKES_NOTHING = {
    "feedback:point_sort", "feedback:point_pass_on", "feedback:complaint_way", "question_set_words", "visit_needs",
    "visit_change", "visit_log_section", "question_set_preview",
}  # fmt: skip


@pytest.fixture(scope="module")
def places(
    browser: Browser, stack: Stack, states: dict[str, StorageState], tmp_path_factory: pytest.TempPathFactory
) -> Places:
    """Where links lead."""

    def find() -> Places:
        visits = Visits(browser, stack, states)
        found = follow_links(visits)
        visits.close()
        assert not visits.problems, "\n".join(visits.problems)
        return found

    own = tmp_path_factory.getbasetemp()
    return found_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, find)


# The same pages with less or nothing on them. Those of the site are tried by their kinds (test_kinds_of_pages).
FURTHER = [
    ("", "you-said-we-did/?decision=cannot"),
    ("operator", "mine/"),
    ("manager", "points/?show=not_now"),
    ("manager", "points/?show=all"),
    ("manager", "points/?show=all&words=nothing-like-this"),
]


@pytest.mark.parametrize(("side", "name"), list(names()))
def test_a_page_breaks_no_rule_and_fits_a_phone(
    side: str, name: str, visit: Visits, looks: Looks, places: Places, pictures: Pictures
) -> None:
    page = open_page(side, name, visit, looks, places)
    assert not wrong_with(page, f"{side}-{name}", pictures, takes_nothing=name in TAKES_NOTHING)


@pytest.mark.parametrize(("who", "path"), FURTHER)
def test_a_page_with_less_on_it_breaks_no_rule(who: str, path: str, looks: Looks, pictures: Pictures) -> None:
    page = open_at(looks, Place(who, SCHEME, f"/{path}"))
    assert not wrong_with(page, f"further-{path}", pictures)


@pytest.mark.parametrize("who", ["", "Jo"])
def test_each_page_of_the_way_of_telling_us_breaks_no_rule(
    who: str, stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    page = into(visit(who), stack) if who else visit(start=stack.scheme(WILLOWFORD))
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill("The corridor is dark. " * 8)
    problems = []
    for number in range(5 if who else 4):
        if number:
            go_on(page)
        for width in (DESK, PHONE):
            at_width(page, width)
            problems += look(page, f"page {number} at {width}")
            pictures.take(page, f"telling-us-{who or 'anyone'}-{number}-{width}")
    expect(page.get_by_role("heading", name="Check before you send it")).to_be_visible()
    assert not problems


@pytest.mark.long
@pytest.mark.parametrize(("side", "name"), list(names()))
def test_a_page_breaks_no_rule_at_a_desk(side: str, name: str, visit: Visits, looks: Looks, places: Places) -> None:
    """On the day each page is looked at as a phone shows it, where more is in each other's way."""
    page = open_page(side, name, visit, looks, places)
    at_width(page, DESK)
    assert not look(page, f"at {DESK}")


@pytest.mark.long
@pytest.mark.parametrize(("who", "path"), FURTHER)
def test_a_page_with_less_on_it_breaks_no_rule_at_a_desk(who: str, path: str, looks: Looks) -> None:
    page = open_at(looks, Place(who, SCHEME, f"/{path}"))
    at_width(page, DESK)
    assert not look(page, f"at {DESK}")


def wrong_with(page: Page, name: str, pictures: Pictures, *, takes_nothing: bool = False) -> list[str]:
    """What is wrong with a page on a phone with choices made, with an error if it has a form, and how wide it is."""
    shot = re.sub(r"\W+", "-", name)
    if pictures.folder:
        at_width(page, DESK)
        pictures.take(page, f"{shot}-{DESK}")
    at_width(page, PHONE)
    problems = [f"at {PHONE}: {one}" for one in page.evaluate(TOO_WIDE)]
    pictures.take(page, f"{shot}-{PHONE}")
    has_another = page.locator("body.app-staff, body.app-on-visit").count()
    if not has_another and not page.locator("a[data-leave]").is_visible():
        problems.append("There is no way out.")
    button = None if takes_nothing else page.evaluate_handle(EMPTY).as_element()
    if button:
        with page.expect_navigation():
            button.evaluate("one => one.click()")
        if not page.locator(".nhsuk-error-summary").is_visible():
            problems.append("Sent empty, it does not say what is wrong.")
        pictures.take(page, f"{shot}-error-{PHONE}")
    page.evaluate(INTERACT)
    return problems + look(page, f"at {PHONE} with choices made{' and an error' if button else ''}")


def open_page(side: str, name: str, visit: Visits, looks: Looks, places: Places) -> Page:
    """By a few clicks where that is the way, else by the address that links led to."""
    if (side, name) in WAYS:
        return WAYS[side, name](visit)
    assert (side, name) in places, f"No link leads to {name}, and there is no other way to it here."
    return open_at(looks, places[side, name])


def open_at(looks: Looks, place: Place) -> Page:
    """An address, by way of the scheme's sign-in where there is one."""
    origin = place.origin(looks.stack)
    page = looks.at(place.who, origin)
    page.goto(origin + place.path)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("We cannot find this page")
    return page


def at_width(page: Page, width: int) -> None:
    """The page on a screen so wide, once it stands."""
    page.locator("header[data-nhsuk-header-init]").wait_for()
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(SETTLED)


def look(page: Page, when: str) -> list[str]:
    """What is wrong with the page as it stands."""
    page.locator("header[data-nhsuk-header-init]").wait_for()
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[Any] = [*page.evaluate(RUN, RULES), *page.evaluate(TOO_WIDE)]
    return [f"{when}: {one}" for one in found]

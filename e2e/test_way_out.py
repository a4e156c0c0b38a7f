"""On a narrow screen the way out stays in reach and covers nothing: no question, no answer and no button."""

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import Planned
from e2e.stack import Stack
from e2e.test_accessibility import at_width
from e2e.test_app_screens import ready, to
from e2e.visiting import PHONE, WILLOWFORD, Visits
from tests.factories.questions import every_kind

# Whether the strip reaches from side to side; whether anything that is asked lies under it before anybody scrolls; and
# which of all that can be used lie under it once they have the focus.
COVERED = """larger => {
  document.documentElement.style.fontSize = larger ? '212.5%' : ''
  const strip = document.querySelector('.app-leave:not([hidden])')
  const box = (one) => one.getBoundingClientRect()
  const meets = (one) => box(one).height && box(one).top < box(strip).bottom - 1 && box(one).bottom > box(strip).top + 1
  const said = (one) => `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 30)}`
  const link = strip.querySelector('a')
  const found = []
  scrollTo(0, 0)
  if (box(strip).width < document.documentElement.clientWidth) found.push('the strip is not as wide as the page')
  if (getComputedStyle(strip).backgroundColor === 'rgba(0, 0, 0, 0)') found.push('the strip can be seen through')
  const before = [...document.querySelectorAll('main *, .app-top a')].filter((one) => one.tagName === 'A'
    ? box(one).right > box(link).left && meets(one) : meets(one))
  found.push(...before.map((one) => `at the top: ${said(one)}`))
  for (const one of document.querySelectorAll('main a, main button, main input, main textarea, main select')) {
    one.focus()
    if (document.activeElement !== one) continue
    if (meets(one)) found.push(`with the focus: ${said(one)}`)
    const middle = document.elementFromPoint(box(link).left + box(link).width / 2, box(link).top + box(link).height / 2)
    if (middle !== link) found.push(`not in reach: ${said(middle)}`)
  }
  document.documentElement.style.fontSize = ''
  return [...new Set(found)]
}"""


@pytest.mark.parametrize("larger", [False, True])
def test_leave_now_covers_nothing(larger: bool, stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit()
    for path in ("/tell-us/", "/get-involved/", "/"):
        page.goto(f"{stack.scheme(WILLOWFORD)}{path}")
        assert covered(page, larger) == [], path
        pictures.take(page, f"way-out{path.replace('/', '-')}".rstrip("-"))


@pytest.mark.parametrize("larger", [False, True])
def test_concern_now_covers_nothing(larger: bool, stack: Stack, visit: Visits, planned: Planned) -> None:
    one = planned.visit(form=every_kind())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About yes_no?")).to_be_focused()
    to(page, f"visit/{one}", ".")
    page.get_by_label("A section at a time").check(force=True)
    for screen in (f"visit/{one}/ask/all", f"visit/{one}/review", "", f"visit/{one}"):
        to(page, screen, ".")
        assert covered(page, larger) == [], screen


def covered(page: Page, larger: bool) -> list[str]:
    at_width(page, PHONE)
    found: list[str] = page.evaluate(COVERED, larger)
    return found

"""A set of 120 questions on a slow phone: what it shows soon, and how quickly one goes from question to question.

Slow is a processor at a sixth of this machine's speed, 400 kbit/s, and 400 ms there and back.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from e2e.line import line_to
from e2e.phones import Phone, Planned
from e2e.stack import Stack
from questions.shape import Form, Kind, Question, Section
from tests.factories.questions import a_form, a_question, words

QUESTIONS, SECTIONS = 120, 12
KINDS = (Kind.YES_NO, Kind.GRADE, Kind.SCALE, Kind.ONE, Kind.MANY, Kind.COUNT, Kind.TEXT, Kind.DATE)
ONLINE, KEPT, STEP = 5_000, 2_000, 200  # milliseconds, at most
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Answers what there is to choose, then goes on: how long until it was kept, and until the next question stands there.
GO_ON = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  const input = document.querySelector('main input[type=radio], main input[type=checkbox]')
  const began = performance.now()
  if (input) {
    input.click()
    while (!document.querySelector('.app-visits-said').textContent) await frame()
  }
  const kept = performance.now()
  const before = document.querySelector('main h1')
  ;[...document.querySelectorAll('main button')].find(one => /^(Next|Look at it all)$/.test(one.textContent)).click()
  while (document.querySelector('main h1') === before) await frame()
  await frame()
  return [kept - began, performance.now() - kept]
}"""


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], stack: Stack, tmp_path: Path
) -> Iterator[Phone]:
    with line_to(stack.port) as line:
        made = Phone(browser_type, browser_type_launch_args, tmp_path / "phone", line, stack)
        yield made
        made.switch_off()


@pytest.mark.long
def test_a_long_set_is_quick_on_a_slow_phone(phone: Phone, stack: Stack) -> None:
    visit = Planned(stack).visit(form=long_form())
    page = slow_page(phone)
    online = page.evaluate(PAINTED)
    page.close()
    phone.made_ready("group member").close()
    page = slow_page(phone)
    kept = page.evaluate(PAINTED)
    page.goto(f"{phone.origin}/app/#visit/{visit}")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About q0?")).to_be_focused()
    times = [page.evaluate(GO_ON) for _ in range(QUESTIONS)]
    keeping, going = ([one[at] for one in times] for at in (0, 1))
    print(f"first paint {online:.0f} ms online, {kept:.0f} ms from what is kept")
    print(f"an answer is kept in {median(keeping):.0f} ms, the next question comes in {median(going):.0f} ms")
    print(f"19 of 20 within {quantiles(keeping, n=20)[-1]:.0f} ms and {quantiles(going, n=20)[-1]:.0f} ms")
    assert online <= ONLINE
    assert kept <= KEPT
    assert quantiles(keeping, n=20)[-1] <= STEP
    assert quantiles(going, n=20)[-1] <= STEP


def slow_page(phone: Phone) -> Page:
    """The app, as a slow phone comes to it."""
    page = phone.open("")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(f"{phone.origin}/app/")
    page.get_by_role("heading", level=1).wait_for()
    return page


def long_form() -> Form:
    many = [a_long_question(number) for number in range(QUESTIONS)]
    size = QUESTIONS // SECTIONS
    parts = [tuple(many[at : at + size]) for at in range(0, QUESTIONS, size)]
    return a_form(*(Section(f"s{at}", words(f"Section {at}"), part) for at, part in enumerate(parts)))


def a_long_question(number: int) -> Question:
    """Every third one is asked only if; every other one must be answered."""
    relevant = f"${{q{number - 1}}} != 'zzz' or ${{q{number - 3}}} = 'a'" if number > 3 and number % 3 == 0 else ""
    return a_question(f"q{number}", KINDS[number % len(KINDS)], relevant=relevant, required=number % 2 == 0)

"""The browser wakes the worker when there is signal, and it sends what waits, with no page of the app open.

What is tried: the app asks for it (`test_app_offline`), and the event, sent by the browser's own tools for developers
as Chromium sends it, delivers the queue. When a phone sends that event is Chromium's affair, and cannot be brought
about here: a line that is cut is not a browser that knows that it is offline.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from e2e.phones import Phone, Planned, soon
from e2e.test_app_in_trouble import begin, finish, short_form

# The worker says so on its console, and the browser that it failed: it will be asked again.
FAILS = "Something waits."


@pytest.fixture
def phone(phone: Phone) -> Iterator[Phone]:
    """The same, and what the worker says there is no problem."""
    yield phone
    phone.problems[:] = [one for one in phone.problems if FAILS not in one]


# As where the worker is quicker: this page delivers nothing itself.
LEAVES_IT_TO_THE_WORKER = """() => {
  const asks = fetch
  window.fetch = (path, how) => `${path}`.includes('/deliveries/') ? Promise.reject(new TypeError()) : asks(path, how)
}"""


def test_what_waits_is_sent_while_the_app_is_closed_and_a_page_that_is_open_learns_of_it(
    phone: Phone, planned: Planned
) -> None:
    visit, other = planned.visit(form=short_form()), planned.visit(form=short_form())
    page = phone.made_ready("group member")
    phone.line.cut()
    begin(page, visit, "Sent while nobody looked")
    finish(page)
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    tools, registration = worker_of(page)
    page.goto("about:blank")
    phone.line.mend()
    phone.line.asked.clear()
    # Nobody else sends it meanwhile.
    page.wait_for_timeout(1_000)
    assert [one for one in phone.line.asked if "/deliveries/" in one] == []
    wake(tools, phone, registration)
    soon(lambda: len(planned.records(visit)) == 1)
    assert [one for one in phone.line.asked if one.startswith("GET")] == []

    page.goto(f"{phone.origin}/app/")
    phone.line.cut()
    begin(page, other, "Sent while somebody looked")
    page.evaluate(LEAVES_IT_TO_THE_WORKER)
    finish(page)
    expect(page.get_by_text("You can change it here as soon as there is signal.")).to_be_visible()
    phone.line.mend()
    wake(tools, phone, registration)
    expect(page.get_by_role("button", name="Change what I sent")).to_be_visible()


def worker_of(page: Page) -> tuple[CDPSession, str]:
    """The tools that speak with the worker of a page, and what they call it."""
    tools = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    tools.send("ServiceWorker.enable")
    soon(lambda: page.wait_for_timeout(50) is None and bool(found))
    return tools, str(found[0]["registrationId"])


def wake(tools: CDPSession, phone: Phone, registration: str) -> None:
    told = {"origin": phone.origin, "registrationId": registration, "tag": "deliver", "lastChance": False}
    tools.send("ServiceWorker.dispatchSyncEvent", told)

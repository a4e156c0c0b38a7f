"""The mark of a sign-in, which ends it after a sign-out without signal: what drops it and what does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from e2e.line import line_to
from e2e.phones import Phone
from e2e.stack import Stack
from e2e.test_app_offline import is_signed_in, marks_on


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


# As a form of that page would, and without going there.
SEND_TO = "path => fetch(path, { method: 'POST' }).then(({ status }) => status, () => 0)"


def send_to(page: Page, path: str) -> int:
    """The status that something sent there was answered with; 0 where it was not sent."""
    return int(page.evaluate(SEND_TO, path))


def test_a_sign_in_that_is_tried_while_the_last_one_has_still_to_end_ends_neither_too_early(phone: Phone) -> None:
    page = phone.made_ready("group member")
    cookies, marks = phone.cookies(), marks_on(page)
    phone.line.cut()
    page.goto(f"{phone.origin}/app/#out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert send_to(page, "/sign-in/") == 0
    assert marks_on(page) == marks
    phone.switch_off()
    page = phone.open("")
    phone.forget_session()
    phone.line.mend()
    page.goto(f"{phone.origin}/sign-in/")
    assert not is_signed_in(phone, cookies)


def test_to_show_once_more_that_it_is_they_is_the_same_sign_in(phone: Phone) -> None:
    page = phone.made_ready("group member")
    marks = marks_on(page)
    assert len(marks) == 1
    assert send_to(page, "/sign-in/again/")
    assert marks_on(page) == marks
    # A sign-in is another one.
    assert send_to(page, "/sign-in/")
    assert marks_on(page) == []

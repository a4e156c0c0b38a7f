"""The mark of a sign-in, which ends it after a sign-out without signal: what drops it and what does not."""

from playwright.sync_api import Page, expect

from e2e.phones import Phone
from e2e.test_app_offline import is_signed_in, marks_on

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

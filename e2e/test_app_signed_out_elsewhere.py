"""Whoever signs out on another host of ours, or without a worker, leaves no visit to be read (ADR 0071)."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.line import Line
from e2e.phones import CONTROLLED, Phone, Planned, dump, readable
from e2e.test_app_offline import marks_on
from e2e.visiting import WILLOWFORD
from tests.factories.questions import every_kind

WORDS = "CanaryWords the tea was cold"
SECRET = ["Canary", "Mill Lane", "side door", "Nether Voices", "Robin Sayle"]
NO_WORKER = "navigator.serviceWorker.register = () => Promise.reject(new Error('There are no module workers.'))"


@pytest.fixture
def near(phone: Phone) -> Iterator[Phone]:
    """A phone on no line of its own: hosts lead to one another by the address at which the service runs."""
    phone.line = Line(phone.stack.port, phone.stack.port)
    yield phone
    phone.switch_off()


def ready(phone: Phone, visit: Any, page: Page) -> Page:
    """A phone with a visit that somebody has begun to write about, and their sign-in."""
    phone.sign_in("group member", page)
    page.get_by_role("button", name="Make ready on this phone").click()
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/ask*")
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/text")
    page.get_by_label("About text?").fill(WORDS)
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    assert {"kept", "keys"} <= {at[1] for at in dump(page)}
    return page


def sign_out(page: Page, button: str = "Sign out") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def nothing_is_left(phone: Phone, page: Page) -> None:
    """Read the phone's databases, and the app as whoever holds the phone next would."""
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(phone.origin)
    assert readable(page, SECRET) == []
    assert not {"kept", "keys"} & {at[1] for at in dump(page)}
    page.goto(f"{phone.origin}/app/")
    expect(page.get_by_role("heading", name="Visits on this phone")).to_be_visible()


def test_signing_out_at_a_scheme_leaves_nothing_to_read_and_what_was_begun_comes_back(
    near: Phone, planned: Planned
) -> None:
    visit = planned.visit(form=every_kind())
    page = ready(near, visit, near.open(""))
    page.evaluate(CONTROLLED)
    page.goto(near.stack.scheme(WILLOWFORD))
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(f"{near.stack.scheme(WILLOWFORD)}/")
    page.goto(f"{near.stack.scheme(WILLOWFORD)}/sign-out/")
    sign_out(page)
    nothing_is_left(near, page)
    page = near.made_ready("group member")
    page.goto(f"{near.origin}/app/#visit/{visit}/ask/text")
    expect(page.get_by_label("About text?")).to_have_value(WORDS)


def test_so_does_signing_out_on_any_page_of_a_browser_without_a_worker(near: Phone, planned: Planned) -> None:
    page = near.open("")
    page.add_init_script(NO_WORKER)
    ready(near, planned.visit(form=every_kind()), page)
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    page.goto(f"{near.origin}/sign-out/")
    sign_out(page)
    nothing_is_left(near, page)


def test_without_javascript_on_the_page_the_worker_leaves_nothing_to_read(near: Phone, planned: Planned) -> None:
    page = ready(near, planned.visit(form=every_kind()), near.open(""))
    page.evaluate(CONTROLLED)
    page.goto(near.stack.scheme(WILLOWFORD))
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(f"{near.stack.scheme(WILLOWFORD)}/")
    plain = page.context.new_page()
    plain.context.new_cdp_session(plain).send("Emulation.setScriptExecutionDisabled", {"value": True})
    plain.goto(f"{near.stack.scheme(WILLOWFORD)}/sign-out/")
    sign_out(plain)
    page.goto(f"{near.origin}/sign-in/")
    nothing_is_left(near, page)


@pytest.mark.parametrize("ended", ["", "?ended=", "?ended=0123456789abcdef0123456789abcdef"])
def test_a_link_to_the_page_that_says_so_empties_no_phone(ended: str, near: Phone, planned: Planned) -> None:
    page = ready(near, planned.visit(form=every_kind()), near.open(""))
    page.evaluate(CONTROLLED)
    near.forget_session()
    page.goto(f"{near.origin}/sign-out/{ended}")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert {"kept", "keys"} <= {at[1] for at in dump(page)}


def test_nor_does_one_where_somebody_else_has_signed_in_on_the_pages(near: Phone, planned: Planned) -> None:
    """Of theirs no mark is kept, and the hash of none is known to everybody."""
    page = ready(near, planned.visit(form=every_kind()), near.open(""))
    page.evaluate(CONTROLLED)
    near.forget_session()
    near.sign_in("group lead", page, to="/my/")
    while marks_on(page) != ['""']:
        page.wait_for_timeout(50)
    page.goto(f"{near.origin}/sign-out/?ended={sha256(b'').hexdigest()[:32]}")
    page.wait_for_load_state("networkidle")
    assert {"kept", "keys"} <= {at[1] for at in dump(page)}

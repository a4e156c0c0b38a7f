"""What a page of the app that stays open says of whoever has signed out."""

from playwright.sync_api import expect

from e2e.phones import Phone


def test_no_tab_names_whoever_signed_out_without_signal(phone: Phone) -> None:
    page = phone.made_ready("group member")
    other = phone.open()
    expect(other.get_by_role("heading", name="My visits")).to_be_visible()
    phone.line.cut()
    page.goto(f"{phone.origin}/app/#out")
    page.get_by_role("button", name="Sign out").click()
    for tab in (page, other):
        expect(tab.get_by_role("heading", name="You are signed out")).to_be_visible()
        tab.evaluate("() => { location.hash = '#' }")
        expect(tab.get_by_role("heading", name="Visits on this phone")).to_be_visible()
        expect(tab.get_by_text("You are signed in as")).to_have_count(0)
        expect(tab.get_by_role("button", name="Make ready on this phone")).to_have_count(0)

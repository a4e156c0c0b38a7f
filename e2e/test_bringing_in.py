"""Findings of a workshop stand in a workbook: its bad cell is named, mended, and then all of it is added."""

import pytest
from playwright.sync_api import expect

from e2e.visiting import Visits, into
from e2e.walking import bring_in, choose_file, workbook

pytestmark = pytest.mark.e2e
SAID = "The garden was the only quiet place."


def test_a_workbook_is_looked_at_mended_and_added_s76(visit: Visits) -> None:
    page = into(visit("involvement lead"), visit.stack)
    bring_in(page, workbook(["A youth club", "Young people", SAID, "last week"]))
    expect(page.get_by_role("main")).to_contain_text("Row 2, column “said on”: “last week” is not a date.")
    choose_file(page, workbook(["A youth club", "Young people", SAID, "3 March 2026"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what would be added")
    page.get_by_role("button", name="Add these").click()
    expect(page.locator(".app-slip__code")).to_have_count(1)
    page.get_by_role("button", name="They have their slips").click()
    expect(page.get_by_role("main")).to_contain_text(SAID)

"""An editor writes a page and hands it in; the involvement lead looks at it as a phone shows it, and publishes it.

`infra/pictures` makes the pictures of the how-to pages on the way.
"""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from e2e.stack import Stack
from e2e.visiting import WILLOWFORD, Visits

TITLE = "Coming to see us"
COLOURS = 48
FOLDER = os.environ.get("ALONGSIDE_PICTURES")


def picture(page: Page, name: str) -> None:
    """Keep what is on the screen for the how-to pages, small."""
    if FOLDER:
        page.set_viewport_size({"width": 1000, "height": 640})
        taken = Image.open(BytesIO(page.screenshot(animations="disabled", scale="css")))
        taken.quantize(COLOURS).save(Path(FOLDER) / f"{name}.png", optimize=True)


def home_of(stack: Stack) -> int:
    """The number of the first page of the site."""
    with stack.database() as database:
        row = database.execute("SELECT id FROM s_willowford.wagtailcore_page WHERE depth = 2 ORDER BY path").fetchone()
    assert row
    return int(row[0])


@pytest.mark.long
def test_a_page_goes_from_its_editor_by_a_colleague_to_the_site(stack: Stack, visit: Visits) -> None:
    site = stack.scheme(WILLOWFORD)
    desk = visit("editor", start=f"{site}/sign-in/?next=/cms/")
    desk.wait_for_url(f"{site}/cms/")
    desk.goto(f"{site}/cms/pages/add/cms/standardpage/{home_of(stack)}/")
    desk.locator("#id_title").fill(TITLE)
    desk.get_by_role("button", name="More actions").click()
    expect(desk.get_by_role("button", name="Hand in")).to_be_visible()
    expect(desk.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    picture(desk, "editor-hand-in")
    desk.get_by_role("button", name="Hand in").click()
    expect(desk.get_by_text("is handed in")).to_be_visible(timeout=15_000)

    lead = visit("involvement lead", start=f"{site}/sign-in/?next=/staff/")
    lead.wait_for_url(f"{site}/staff/")
    lead.goto(f"{site}/cms/")
    lead.get_by_role("link", name=TITLE).first.click()
    lead.get_by_role("button", name="Toggle preview").click()
    phone = lead.get_by_label("Preview in mobile size")
    expect(phone).to_be_visible()
    phone.check(force=True)
    expect(lead.frame_locator("iframe").first.get_by_role("heading", name=TITLE)).to_be_visible()
    picture(lead, "editor-preview")
    lead.get_by_role("button", name="Toggle preview").click()
    lead.get_by_role("button", name="More actions").click()
    picture(lead, "editor-publish")
    lead.get_by_role("button", name="Publish").last.click()
    lead.wait_for_url(f"{site}/cms/pages/{home_of(stack)}/")

    reader = visit(start=f"{site}/coming-to-see-us/")
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()

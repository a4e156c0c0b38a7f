"""Ways to the pages of whoever edits the site."""

from playwright.sync_api import Page, expect

from e2e.pages import SCHEME, way
from e2e.visiting import WILLOWFORD, Visits, into

# Uploaded by somebody for a page that was never written.
OF_NO_PAGE = """
INSERT INTO s_willowford.cms_uploadedpaper (title, file, pages, is_tagged, uploaded_at)
VALUES ('Your rights', 's_willowford/papers/none.pdf', 2, true, now())
"""


@way(SCHEME, "uploaded_delete")
def deletes_a_pdf_that_no_page_has(visit: Visits) -> Page:
    page = into(visit("editor"), visit.stack)
    with visit.stack.database() as database:
        database.execute(OF_NO_PAGE)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/uploaded/")
    page.get_by_role("link", name="Delete Your rights").first.click()
    expect(page.get_by_role("button", name="Delete it now")).to_be_visible()
    return page

"""The editor is a part of the service: a way back to it, its mark, and no way out to anybody else's site."""

import re

# A name of a format, our own hosts, and what a browser without JavaScript is told.
NO_WAY_OUT = re.compile(r"https?://(?!www\.w3\.org|[\w.]*alongside\.localhost|www\.enable-javascript\.com)[\w.]+")


def test_the_editor_leads_back_to_the_staff_pages_and_to_nobody_elses_site(desk):
    page = desk.get("/cms/").content.decode()
    (menu,) = re.findall(r"wagtail-sidebar-props.*?</script>", page, re.S)
    assert "Staff pages" in menu and "/staff/" in menu and "keyboard-shortcuts" in menu
    assert re.search(r'<a [^>]*href="/staff/">Back to the staff pages</a>', page)
    assert NO_WAY_OUT.findall(page) == []


def test_the_editor_carries_the_mark_of_the_service(desk):
    page = desk.get("/cms/").content.decode()
    mark = page.partition("data-wagtail-sidebar-branding-logo>")[2].partition("</template>")[0]
    assert "nhsuk/assets/images/favicon" in mark

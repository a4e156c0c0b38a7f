"""Staff see which links of the site lead nowhere, and when a person last followed those to other sites."""

from datetime import date

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.models import FollowedLink, StandardPage
from kit import clock
from tenants.schemes.entering import enter
from tests.integration.cms.test_editing import PUBLISH, add

REPORT = "/site-links/"
NHS = "https://www.nhs.uk/help/"


@pytest.fixture
def linking(leads_desk, home, scheme):
    """`linking("<a href=…>")`: a page with these words is published."""

    def publish(words, **more):
        with enter(scheme):
            body = streamfield([("paragraph", rich_text(f"<p>Words {words}</p>", features=["link"]))])
        assert add(leads_desk, home, body=body, **more, **PUBLISH).status_code == 302

    return publish


def shown(desk):
    return desk.get(REPORT).content.decode().partition("<main")[2]


@pytest.mark.parametrize("href", ["/tell-us/", "/you-said-we-did/", "/", "/about/privacy/", "/you-said-we-did/?page=2"])
def test_a_link_to_what_is_here_is_not_reported(linking, desk, href):
    linking(f'<a href="{href}">there</a>')
    assert "Every link within the site leads to a page." in shown(desk)


@pytest.mark.parametrize("href", ["/never-was/", "/never/was/", "/nothing.html"])
def test_a_link_to_an_address_where_nothing_is_stands_in_the_report(linking, desk, href):
    linking(f'<a href="{href}">there</a>')
    page = shown(desk)
    assert f"Getting here</a>, “there”: {href}" in page


def test_a_link_to_a_page_that_was_taken_down_or_deleted_stands_in_the_report(linking, desk, scheme, home):
    with enter(scheme):
        other = Page.objects.get(pk=home.pk).add_child(instance=StandardPage(title="Other", slug="other"))
    linking(f'<a linktype="page" id="{other.pk}">there</a>')
    assert "Every link within" in shown(desk)
    with enter(scheme):
        StandardPage.objects.get(pk=other.pk).unpublish()
    assert "Getting here</a>, “there”: “Other”, which is not on the site" in shown(desk)
    with enter(scheme):
        StandardPage.objects.get(pk=other.pk).delete()
    assert "Getting here</a>, “there”: a page that was deleted" in shown(desk)


def test_no_reader_is_led_to_a_page_that_was_taken_down(leads_desk, home, scheme, public, desk):
    with enter(scheme):
        other = Page.objects.get(pk=home.pk).add_child(instance=StandardPage(title="Other", slug="other"))
        words = rich_text(f'<p>Words <a linktype="page" id="{other.pk}">there</a></p>', features=["link"])
    link = {"text": "Go to the other", "page": other.pk, "address": ""}
    add(leads_desk, home, body=streamfield([("paragraph", words), ("action_link", link)]), **PUBLISH)
    before = public.get("/getting-here/").content.decode()
    assert before.count('href="/other/"') == 2
    leads_desk.post(f"/cms/pages/{other.pk}/unpublish/")
    after = public.get("/getting-here/").content.decode()
    assert "/other/" not in after and "Go to the other" not in after and "there</a>" in after
    assert "Getting here</a>, “Go to the other”: “Other”, which is not on the site" in shown(desk)


def test_an_old_address_that_leads_on_is_not_reported(linking, desk, scheme):
    with enter(scheme):
        first = StandardPage.objects.get()
        first.slug = "how-we-use-it"
        first.save_revision().publish()
    linking('<a href="/how-we-use-what-you-tell-us/">there</a>')
    assert "Every link within" in shown(desk)


def test_a_link_to_another_site_is_to_be_followed_by_a_person_who_says_so(linking, desk, at_moment, scheme):
    linking(f'<a href="{NHS}">there</a>')
    assert "Nobody has followed it yet." in shown(desk)
    assert desk.post(f"{REPORT}followed/", {"address": NHS, "works": "yes"}).status_code == 302
    assert "Checked on " in shown(desk)
    assert desk.post(f"{REPORT}followed/", {"address": NHS, "works": "no"}).status_code == 302
    assert "It did not work on " in shown(desk)
    with enter(scheme):
        assert FollowedLink.objects.get().checked_on == clock.today()


def test_what_did_not_work_and_what_was_longest_not_followed_stands_first(linking, desk, scheme):
    linking("".join(f'<a href="https://example.org/{name}">x</a> ' for name in ("new", "old", "dead", "never")))
    with enter(scheme):
        for name, day, works in (("new", 9, True), ("old", 2, True), ("dead", 9, False)):
            FollowedLink.objects.create(
                address=f"https://example.org/{name}", checked_on=date(2026, 3, day), works=works
            )
    page = shown(desk)
    places = [page.index(f'<a href="https://example.org/{name}"') for name in ("dead", "never", "old", "new")]
    assert places == sorted(places)


def test_only_what_stands_on_the_site_is_written_down(desk, scheme):
    answer = desk.post(f"{REPORT}followed/", {"address": "https://example.org/", "works": "yes"}, follow=True)
    assert "This link is not on the site any more." in answer.content.decode()
    with enter(scheme):
        assert not FollowedLink.objects.exists()


def test_a_draft_and_another_schemes_pages_are_not_reported(desk, home, other_scheme):
    body = streamfield([("paragraph", rich_text(f'<p><a href="{NHS}">x</a></p>', features=["link"]))])
    add(desk, home, body=body)
    with enter(other_scheme):
        there = Page.objects.get(depth=2).add_child(instance=StandardPage(title="Elsewhere", slug="elsewhere"))
        there.body = [("action_link", {"text": "x", "page": None, "address": "https://example.org/elsewhere"})]
        there.save()
    page = shown(desk)
    assert "nhs.uk" not in page and "elsewhere" not in page


def test_an_action_link_is_looked_at_too(leads_desk, home, desk):
    body = streamfield([("action_link", {"text": "Go", "page": "", "address": "https://example.org/form"})])
    add(leads_desk, home, body=body, **PUBLISH)
    assert "https://example.org/form" in shown(desk)


def test_an_address_that_is_none_is_not_published_and_shuts_the_report_for_nobody(
    leads_desk, home, desk, scheme, linking
):
    words = '<p><a href="https://[example">x</a></p>'
    for block in (
        ("action_link", {"text": "Go", "page": "", "address": "https://[example"}),
        ("paragraph", rich_text(words, features=["link"])),
    ):
        answer = add(leads_desk, home, body=streamfield([block]), **PUBLISH)
        assert answer.status_code == 200 and "starts with" in answer.content.decode()
    linking(f'<a href="{NHS}">x</a>')
    with enter(scheme):
        page = StandardPage.objects.get(slug="getting-here")
        page.body = [("action_link", {"text": "Go", "page": None, "address": "https://[example"}), ("paragraph", words)]
        page.save()
    page = shown(desk)
    assert "Getting here</a>, “Go”: https://[example" in page and "Getting here</a>, “x”: https://[example" in page


def test_a_link_as_long_as_may_be_is_followed_and_a_longer_one_is_not_published(
    linking, leads_desk, home, desk, scheme
):
    longest = f"{NHS}?q=".ljust(500, "x")
    body = streamfield([("paragraph", rich_text(f'<p><a href="{longest}x">x</a></p>', features=["link"]))])
    answer = add(leads_desk, home, body=body, **PUBLISH)
    assert answer.status_code == 200 and "longer than 500 signs" in answer.content.decode()
    linking(f'<a href="{longest}">x</a>')
    assert desk.post(f"{REPORT}followed/", {"address": longest, "works": "yes"}).status_code == 302
    with enter(scheme):
        assert FollowedLink.objects.get().address == longest


def test_many_links_cost_as_many_statements_as_one(linking, desk, django_assert_max_num_queries):
    linking("".join(f'<a href="https://example.org/{n}">x</a> <a href="/tell-us/">y</a> ' for n in range(30)))
    desk.get(REPORT)
    with django_assert_max_num_queries(22):
        desk.get(REPORT)

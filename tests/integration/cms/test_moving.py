"""Whoever follows an old address of a page finds it where it stands now; nothing leads in circles or to a draft."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import EasyReadPage, StandardPage
from tenants.schemes.entering import enter
from tests.integration.cms.test_editing import PUBLISH, add, page_form

OLD, NEW = "/getting-here/", "/how-to-find-us/"


@pytest.fixture
def standing(leads_desk, home, scheme):
    """A page that was published."""
    add(leads_desk, home, **PUBLISH)
    with enter(scheme):
        return StandardPage.objects.get(slug="getting-here")


@pytest.fixture
def call(leads_desk, standing):
    """`call("how-to-find-us")`: the page is published under another address."""
    return lambda slug: leads_desk.post(f"/cms/pages/{standing.pk}/edit/", page_form(slug=slug, **PUBLISH))


def leads(public, path):
    answer = public.get(path)
    return answer.status_code, answer.headers.get("Location")


def test_the_old_address_of_a_page_leads_to_the_new_one(call, public):
    call("how-to-find-us")
    assert leads(public, OLD) == (301, NEW)
    assert public.get(NEW).status_code == 200
    assert public.get(OLD)["Cache-Control"] == "public, max-age=3600"


def test_after_many_changes_each_old_address_leads_there_in_one_step(call, public):
    for slug in ("second", "third", "how-to-find-us"):
        call(slug)
    assert [leads(public, path) for path in (OLD, "/second/", "/third/")] == [(301, NEW)] * 3


def test_what_is_back_where_it_was_leads_nowhere_and_not_in_circles(call, public, scheme, standing):
    call("how-to-find-us")
    call("getting-here")
    assert leads(public, OLD) == (200, None)
    assert leads(public, NEW) == (301, OLD)
    with enter(scheme):
        StandardPage.objects.get(pk=standing.pk).unpublish()
    assert leads(public, OLD) == (404, None)
    assert leads(public, NEW) == (404, None)


def test_the_easy_read_of_a_page_that_was_taken_down_leads_nowhere_and_not_in_circles(standing, scheme, public):
    with enter(scheme):
        whole = Page.objects.get(pk=standing.pk)
        twin = whole.add_child(instance=EasyReadPage(title="Getting here"))
        twin.save_revision().publish()
        StandardPage.objects.get(pk=standing.pk).unpublish()
        assert EasyReadPage.objects.get().live
    assert leads(public, f"{OLD}easy-read/") == (404, None)


def test_what_was_moved_with_the_page_above_it_is_found_too(leads_desk, home, scheme, standing, public):
    with enter(scheme):
        below = Page.objects.get(pk=standing.pk).add_child(instance=StandardPage(title="By bus", slug="by-bus"))
        other = Page.objects.get(pk=home.pk).add_child(instance=StandardPage(title="Visit", slug="visit"))
        for page in (below, other):
            page.save_revision().publish()
    leads_desk.post(f"/cms/pages/{standing.pk}/move/{other.pk}/confirm/")
    assert leads(public, OLD) == (301, "/visit/getting-here/")
    assert leads(public, "/getting-here/by-bus/") == (301, "/visit/getting-here/by-bus/")
    leads_desk.post(f"/cms/pages/{standing.pk}/move/{home.pk}/confirm/")
    assert leads(public, "/visit/getting-here/by-bus/") == (301, "/getting-here/by-bus/")
    assert leads(public, "/getting-here/by-bus/") == (200, None)


def test_an_address_that_is_used_again_shows_what_stands_there(call, public, leads_desk, home):
    call("how-to-find-us")
    add(leads_desk, home, title="Another", **PUBLISH)
    assert "Another</h1>" in public.get(OLD).content.decode()


def test_an_old_address_of_another_scheme_is_not_here(call, client_at, other_scheme):
    call("how-to-find-us")
    assert client_at(other_scheme).get(OLD).status_code == 404


def test_the_platform_says_that_something_is_not_here_and_does_not_break(client_at):
    assert client_at(None).get(OLD).status_code == 404


@pytest.mark.parametrize("path", ["redirects/add/", "redirects/import/", "redirects/import/process/"])
def test_nobody_writes_one_by_hand(leads_desk, path, scheme):
    leads_desk.post(f"/cms/{path}", {"old_path": "/x", "redirect_link": "https://example.org/"})
    with enter(scheme):
        assert not Redirect.objects.exclude(automatically_created=True).exists()


def test_a_page_that_a_site_starts_with_keeps_its_first_address(leads_desk, public, scheme):
    path = "/how-we-use-what-you-tell-us/"
    with enter(scheme):
        first = StandardPage.objects.get()
        first.slug = "how-we-use-it"
        first.save_revision().publish()
    assert leads(public, path) == (301, "/how-we-use-it/")


def test_a_page_that_took_the_address_of_another_keeps_it_when_it_moves_too(call, leads_desk, home, public, scheme):
    call("how-to-find-us")
    add(leads_desk, home, title="Another", **PUBLISH)
    with enter(scheme):
        another = StandardPage.objects.get(slug="getting-here")
    leads_desk.post(f"/cms/pages/{another.pk}/edit/", page_form(title="Another", slug="other", **PUBLISH))
    assert leads(public, OLD) == (301, "/other/")


def test_what_is_not_here_costs_one_statement_more(public, django_assert_max_num_queries):
    public.get("/nothing/")
    with django_assert_max_num_queries(10):
        assert public.get("/nothing/").status_code == 404


def test_where_a_draft_stood_is_not_kept(call, public, scheme, standing):
    with enter(scheme):
        draft = StandardPage(title="Not yet told", slug="not-yet-told", live=False)
        Page.objects.get(pk=standing.pk).add_child(instance=draft)
    call("how-to-find-us")
    with enter(scheme):
        kept = set(Redirect.objects.values_list("old_path", flat=True))
    assert OLD.rstrip("/") in kept and not [path for path in kept if "not-yet-told" in path]
    assert leads(public, f"{OLD}not-yet-told/") == (404, None)

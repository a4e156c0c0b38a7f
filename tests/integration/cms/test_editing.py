"""An editor writes a page with blocks; it is public once it is published, on this scheme's site alone."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import AnswersPage, StandardPage
from tenants.schemes.entering import enter


def page_form(**more):
    return nested_form_data(
        {
            "title": "Getting here",
            "slug": "getting-here",
            "seo_title": "",
            "search_description": "",
            "show_in_menus": "on",
            "body": streamfield(
                [
                    ("heading", "By bus"),
                    ("paragraph", rich_text("<p>Take the <b>number 9</b>.</p><script>alert(1)</script><h2>x</h2>")),
                    ("inset_text", rich_text("<p>Bring nothing.</p>")),
                    ("warning", {"heading": "If you are late", "text": rich_text("<p>Ring us.</p>")}),
                    ("action_link", {"text": "Tell us something", "page": "", "address": "/tell-us/"}),
                    ("details", {"summary": "Parking", "text": rich_text("<p>There is none.</p>")}),
                    ("do_list", {"kind": "dont", "items": streamfield([("item", "ring twice")])}),
                ]
            ),
            "comments": inline_formset([]),
            **more,
        }
    )


def add(browser, home, **more):
    return browser.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", page_form(**more))


def test_a_published_page_shows_its_blocks_on_this_schemes_site_alone(browser, public, home, client_at, other_scheme):
    assert add(browser, home, **{"action-publish": "1"}).status_code == 302

    shown = public.get("/getting-here/").content.decode()

    for words in ("By bus", "<b>number 9</b>", "Bring nothing.", "If you are late", "Parking", "ring twice"):
        assert words in shown
    for component in ("inset-text", "card--warning", "action-link", "details", "list--cross"):
        assert f"nhsuk-{component}" in shown
    assert "alert(1)" not in shown
    assert client_at(other_scheme).get("/getting-here/").status_code == 404


def test_a_draft_is_not_public(browser, public, home):
    add(browser, home)
    assert public.get("/getting-here/").status_code == 404


def test_an_address_that_a_browser_would_run_is_refused_beside_the_field(browser, home):
    body = streamfield([("action_link", {"text": "Go", "page": "", "address": "javascript:alert(1)"})])
    answer = add(browser, home, body=body, **{"action-publish": "1"})
    assert answer.status_code == 200
    assert not StandardPage.objects.filter(slug="getting-here").exists()


@pytest.mark.parametrize("model", ["homepage", "answerspage"])
def test_there_is_one_front_door_and_one_page_of_answers(browser, home, model):
    assert browser.get(f"/cms/pages/add/cms/{model}/{home.pk}/").status_code == 302


@pytest.mark.parametrize("which", ["home", "answers"])
@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_the_front_door_and_the_answers_cannot_be_taken_away(browser, public, home, which, act):
    page = home if which == "home" else AnswersPage.objects.get()
    browser.post(f"/cms/pages/{page.pk}/{act}/")
    browser.post(f"/cms/bulk/wagtailcore/page/{act}/?id={page.pk}&next=/cms/")
    assert Page.objects.live().filter(pk=page.pk).exists()
    assert public.get("/you-said-we-did/").status_code == 200


def test_the_answers_cannot_be_moved(browser, home, public):
    add(browser, home, **{"action-publish": "1"})
    answers, under = AnswersPage.objects.get(), StandardPage.objects.get(slug="getting-here")
    browser.post(f"/cms/pages/{answers.pk}/move/{under.pk}/confirm/")
    assert public.get("/you-said-we-did/").status_code == 200


def test_pages_cannot_be_closed_to_the_public(browser, home):
    browser.post(f"/cms/pages/{home.pk}/privacy/", {"restriction_type": "login"})
    assert not home.get_view_restrictions().exists()


def test_what_was_published_in_one_scheme_is_not_in_the_others_list(browser, home, other_scheme):
    add(browser, home, **{"action-publish": "1"})
    with enter(other_scheme):
        assert not Page.objects.filter(slug="getting-here").exists()

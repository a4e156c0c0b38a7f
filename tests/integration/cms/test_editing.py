"""A page is written with blocks; it is public once it is published, on this scheme's site alone."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import AnswersPage, HomePage, StandardPage
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
            **more,
        }
    )


PUBLISH = {"action-publish": "1"}


def add(at_desk, home, **more):
    return at_desk.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", page_form(**more))


def test_a_published_page_shows_its_blocks_on_this_schemes_site_alone(
    leads_desk, public, home, client_at, other_scheme
):
    assert add(leads_desk, home, **PUBLISH).status_code == 302

    shown = public.get("/getting-here/").content.decode()

    for words in ("By bus", "<b>number 9</b>", "Bring nothing.", "If you are late", "Parking", "ring twice"):
        assert words in shown
    for component in ("inset-text", "card--warning", "action-link", "details", "list--cross"):
        assert f"nhsuk-{component}" in shown
    assert "<script>alert" not in shown
    assert client_at(other_scheme).get("/getting-here/").status_code == 404


def test_two_links_one_after_the_other_stand_on_lines_of_their_own(leads_desk, public, home):
    links = [("action_link", {"text": text, "page": "", "address": "/tell-us/"}) for text in ("One", "Two")]
    add(leads_desk, home, body=streamfield(links), **PUBLISH)
    page = "".join(public.get("/getting-here/").content.decode().split())
    assert "One</span></a></div><div>" in page and "Two</span></a></div>" in page


def test_a_draft_is_not_public(desk, public, home):
    add(desk, home)
    assert public.get("/getting-here/").status_code == 404


def test_an_address_that_a_browser_would_run_is_refused_beside_the_field(desk, home, scheme):
    body = streamfield([("action_link", {"text": "Go", "page": "", "address": "javascript:alert(1)"})])
    form = page_form() | nested_form_data({"body": body, "action-publish": "1"})
    answer = desk.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", form)
    assert "Enter an address that starts with / or https://" in answer.content.decode()
    with enter(scheme):
        assert not StandardPage.objects.filter(slug="getting-here").exists()


@pytest.mark.parametrize("model", ["homepage", "answerspage"])
def test_there_is_one_front_door_and_one_page_of_answers(desk, home, model):
    answer = desk.get(f"/cms/pages/add/cms/{model}/{home.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")


@pytest.mark.parametrize("path", ["/", "/you-said-we-did/"])
@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_the_front_door_and_the_answers_cannot_be_taken_away(leads_desk, public, scheme, path, act):
    with enter(scheme):
        page = AnswersPage.objects.get() if "you-said" in path else HomePage.objects.get()
    leads_desk.post(f"/cms/pages/{page.pk}/{act}/")
    leads_desk.post(f"/cms/bulk/wagtailcore/page/{act}/?id={page.pk}&next=/cms/")
    assert public.get(path).status_code == 200


@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_other_pages_can_be_taken_away(leads_desk, public, home, scheme, act):
    add(leads_desk, home, **PUBLISH)
    with enter(scheme):
        page = StandardPage.objects.get(slug="getting-here")
    leads_desk.post(f"/cms/pages/{page.pk}/{act}/")
    assert public.get("/getting-here/").status_code == 404


def test_the_answers_cannot_be_moved(leads_desk, home, public, scheme):
    add(leads_desk, home, **PUBLISH)
    with enter(scheme):
        answers, under = AnswersPage.objects.get(), StandardPage.objects.get(slug="getting-here")
    leads_desk.post(f"/cms/pages/{answers.pk}/move/{under.pk}/confirm/")
    assert public.get("/you-said-we-did/").status_code == 200


def test_pages_cannot_be_closed_to_the_public(leads_desk, home, scheme):
    leads_desk.post(f"/cms/pages/{home.pk}/privacy/", {"restriction_type": "login"})
    with enter(scheme):
        assert not home.get_view_restrictions().exists()


def test_what_was_published_in_one_scheme_is_not_in_the_other(leads_desk, home, other_scheme):
    add(leads_desk, home, **PUBLISH)
    with enter(other_scheme):
        assert not Page.objects.filter(slug="getting-here").exists()

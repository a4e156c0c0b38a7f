"""No page comes to stand at an address that is longer than what is kept of it."""

import pytest
from wagtail.models import Page

from cms.models import EasyReadPage, StandardPage
from cms.moving import TOO_LONG
from tenants.schemes.entering import enter
from tests.factories.easy_read import typed
from tests.integration.cms.test_editing import PUBLISH, add, page_form

SENTENCE = TOO_LONG.partition(",")[0]
WITHIN, BEYOND = "b" * 53, "b" * 54  # below the upper page: 254 signs and 255


@pytest.fixture
def upper(home, scheme):
    """A page whose own address is long already."""
    with enter(scheme):
        return home.add_child(instance=StandardPage(title="Upper", slug="a" * 199))


@pytest.fixture
def write(leads_desk, upper):
    """`write(slug, **more)`: a page below it is written and sent off."""
    return lambda slug, **more: add(leads_desk, upper, slug=slug, **more)


def test_a_page_is_published_up_to_the_longest_address_and_refused_beyond_it(write, upper, public):
    answer = write(BEYOND, **PUBLISH)
    assert answer.status_code == 200 and SENTENCE in answer.content.decode()
    assert write(WITHIN, **PUBLISH).status_code == 302
    assert public.get(f"/{upper.slug}/{WITHIN}/").status_code == 200


def test_a_draft_is_refused_too(write):
    assert SENTENCE in write(BEYOND).content.decode()


def test_nor_is_its_address_made_longer_later(write, leads_desk, scheme):
    write(WITHIN, **PUBLISH)
    with enter(scheme):
        page = StandardPage.objects.get(slug=WITHIN)
    answer = leads_desk.post(f"/cms/pages/{page.pk}/edit/", page_form(slug=BEYOND, **PUBLISH))
    assert SENTENCE in answer.content.decode()


def test_an_easy_read_below_it_is_refused_in_the_same_words(write, leads_desk, scheme):
    write(WITHIN, **PUBLISH)
    with enter(scheme):
        page = StandardPage.objects.get(slug=WITHIN)
    answer = leads_desk.post(f"/cms/pages/add/cms/easyreadpage/{page.pk}/", typed("We listen.") | PUBLISH)
    assert SENTENCE in answer.content.decode()
    with enter(scheme):
        assert not EasyReadPage.objects.exists()


def test_a_page_gets_no_address_that_makes_one_below_it_too_long(write, upper, leads_desk):
    write(WITHIN, **PUBLISH)
    answer = leads_desk.post(f"/cms/pages/{upper.pk}/edit/", page_form(slug="a" * 200, **PUBLISH))
    assert SENTENCE in answer.content.decode()
    assert leads_desk.post(f"/cms/pages/{upper.pk}/edit/", page_form(slug="short", **PUBLISH)).status_code == 302


def test_a_page_is_neither_moved_nor_copied_to_where_one_below_it_would_be_too_long(
    upper, home, leads_desk, scheme, public
):
    with enter(scheme):
        page = home.add_child(instance=StandardPage(title="Moved", slug="moved"))
        page.add_child(instance=StandardPage(title="Below", slug="b" * 50))
        home.add_child(instance=StandardPage(title="Long", slug=BEYOND))
    answer = leads_desk.post(f"/cms/pages/{page.pk}/move/{upper.pk}/confirm/", {})
    assert answer.status_code == 409 and SENTENCE in answer.content.decode()
    with enter(scheme):
        assert Page.objects.get(pk=page.pk).url_path == "/home/moved/"
        long = Page.objects.get(slug=BEYOND)
    given = {"new_title": "Copy", "new_slug": BEYOND, "new_parent_page": str(upper.pk), "publish_copies": "on"}
    assert SENTENCE in leads_desk.post(f"/cms/pages/{long.pk}/copy/", given).content.decode()
    assert public.get("/moved/").status_code == 200

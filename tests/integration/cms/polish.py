"""A page in English and the same in Polish, as an editor begins it and somebody publishes it."""

import pytest
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.models import StandardPage
from tenants.schemes.entering import enter
from tests.integration.cms.test_editing import PUBLISH, add, page_form

ENGLISH, POLISH = "/getting-here/", "/pl/jak-dojechac/"
WORDS = "Autobusem numer pięć."


def begin(desk, page, scheme):
    """The editor presses “Translate”; what Wagtail answers."""
    with enter(scheme):
        polish = Locale.objects.get(language_code="pl")
    form = {"locales": [polish.pk], "include_subtree": ""}
    return desk.post(f"/cms/translation/submit/page/{page.pk}/", form)


def in_polish(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="pl").specific


@pytest.fixture(name="english")
def an_english_page(leads_desk, home, scheme):
    """A page in English that was published."""
    assert add(leads_desk, home, **PUBLISH).status_code == 302
    with enter(scheme):
        return StandardPage.objects.get(slug="getting-here")


@pytest.fixture(name="begun")
def a_polish_draft(desk, home, english, scheme):
    """The same in Polish, begun by Edith and a draft."""
    assert begin(desk, home, scheme).status_code == 302
    assert begin(desk, english, scheme).status_code == 302
    with enter(scheme):
        return in_polish(english)


def polish_form(**more):
    body = streamfield([("paragraph", rich_text(f"<p>{WORDS}</p>", features=["link"]))])
    return page_form(**{"title": "Jak dojechać", "slug": "jak-dojechac", "body": body} | more)


@pytest.fixture(name="live")
def a_polish_page(begun, leads_desk):
    """The same in Polish, published under its own address."""
    assert leads_desk.post(f"/cms/pages/{begun.pk}/edit/", polish_form(**PUBLISH)).status_code == 302
    return begun


def read(public, path):
    answer = public.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def main_of(page):
    return page.partition("<main")[2].partition("</main>")[0]

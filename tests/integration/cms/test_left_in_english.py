"""What nobody put into Polish on a Polish page: its editor hears of it, and it is spoken as English (S15)."""

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield

from tests.integration.cms.polish import (  # noqa: F401 (fixtures)
    POLISH,
    WORDS,
    a_polish_draft,
    a_polish_page,
    an_english_page,
    main_of,
    polish_form,
    read,
)
from tests.integration.cms.test_editing import PUBLISH, add
from tests.integration.cms.test_handing_in import HAND_IN

LATE = "If you are late"


def half_polish(**more):
    paragraph = ("paragraph", rich_text(f"<p>{WORDS}</p>", features=["link"]))
    warning = ("warning", {"heading": LATE, "text": rich_text("<p>Ring us.</p>")})
    return polish_form(**{"body": streamfield([paragraph, warning])} | more)


def test_words_left_in_english_are_marked_as_english_and_no_others(begun, leads_desk, public):
    leads_desk.post(f"/cms/pages/{begun.pk}/edit/", half_polish(**PUBLISH))
    polish, _, english = main_of(read(public, POLISH)).partition(WORDS)
    assert 'lang="en"' not in polish
    assert LATE in english.partition('<div lang="en">')[2]


@pytest.mark.parametrize("way", [HAND_IN, PUBLISH])
def test_whoever_hands_in_or_publishes_hears_what_is_left_in_english(way, begun, leads_desk):
    said = leads_desk.post(f"/cms/pages/{begun.pk}/edit/", half_polish(**way), follow=True).content.decode()
    assert f"1 part of “Jak dojechać” is still in English, word for word, such as “{LATE}”" in said
    edited = leads_desk.get(f"/cms/pages/{begun.pk}/edit/").content.decode()
    assert "This is still in English, word for word" in edited and f"<li>{LATE}</li>" in edited


def test_nothing_is_said_of_a_page_that_is_all_in_polish_nor_of_an_english_one(live, home, leads_desk):
    polish = leads_desk.post(f"/cms/pages/{live.pk}/edit/", polish_form(**PUBLISH), follow=True)
    english = add(leads_desk, home, slug="here", **PUBLISH)
    pages = [polish, leads_desk.get(english["Location"]), leads_desk.get(f"/cms/pages/{live.pk}/edit/")]
    assert not any("still in English" in page.content.decode() for page in pages)


def test_an_address_has_plain_letters_alone(begun, leads_desk):
    page = leads_desk.post(f"/cms/pages/{begun.pk}/edit/", polish_form(slug="jak-dojechać", **PUBLISH)).content.decode()
    assert "Use the letters a to z without signs on them" in page
    assert "data-w-slug-allow-unicode-value" not in page

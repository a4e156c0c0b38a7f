"""What nobody put into Polish on a Polish page: its editor hears of it, and it is spoken as English (S15)."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.models import (
    AboutPage,
    EasyReadPage,
    HardWord,
    InvolvementPage,
    NewsIndexPage,
    NewsPage,
    PeoplePage,
    StandardPage,
)
from cms.ways import SHIPPED_FIRST
from tenants.schemes.entering import enter
from tests.factories.cms import a_picture, an_event, named
from tests.integration.cms.polish import (  # noqa: F401 (fixtures)
    POLISH,
    WORDS,
    a_polish_draft,
    a_polish_page,
    an_english_page,
    begin,
    in_polish,
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


def spoken_as(page, words):
    """The language in which a screen reader says these words."""
    said = [text for text in BeautifulSoup(page, "html.parser").main.find_all(string=True) if words in text]
    (language,) = {text.find_parent(attrs={"lang": True})["lang"] for text in said}
    return language


TITLE = "Everything that you may ask us"
DAY = date(2026, 3, 4)
WEBSITE = {"address": "https://x.example", "checked_on": DAY}


def a_way(number, **more):
    return ("way", {"listed": "", "name": "", "words": "", "how": f"<p>Just ring us at {number}.</p>"} | more)


def an_about_page():
    partner = {"name": "The council of Ashmere town", "does": "It helps with a home."}
    fact = {"words": "Ten people work here today.", "source": "Our report of a year", "checked_on": DAY}
    return AboutPage(
        title=TITLE,
        introduction="We help you when you are arrested.",
        facts=[("fact", fact)],
        partners=[("partner", partner | WEBSITE)],
        links=[("link", {"listed": "", "text": "A page of the council", "says": ""} | WEBSITE)],
    )


def an_involvement_page():
    own = {"name": "Come and walk with us", "words": "We walk along the river."}
    return InvolvementPage(title=TITLE, ways=[a_way("noon", **own), a_way("one o'clock", listed=SHIPPED_FIRST[0])])


KINDS = {
    "about": (an_about_page, [
        "Ten people work here", "Our report of a year", "It helps with a home", "A page of the council",
    ]),
    "involvement": (an_involvement_page, [
        "Come and walk", "We walk along", "Just ring us at noon", "Just ring us at one",
    ]),
}  # fmt: skip


def in_the_frame(public, desk, scheme, page, **polish):
    """A page is begun in Polish, of which only these words are changed, and published; what somebody reads."""
    begin(desk, page, scheme)
    with enter(scheme):
        theirs = in_polish(page)
        for field, words in polish.items():
            setattr(theirs, field, words)
        theirs.save_revision().publish()
        path = theirs.get_url()
    return read(public, path)


@pytest.fixture
def half(public, desk, home, scheme):
    """`half(page, title="Cześć")`: how a page reads of which only this was put into Polish."""
    begin(desk, home, scheme)
    return lambda page, **polish: in_the_frame(public, desk, scheme, page, **polish)


@pytest.mark.parametrize(("make", "left"), KINDS.values(), ids=KINDS)
def test_each_part_that_was_left_is_spoken_as_english_and_the_rest_as_polish(make, left, half, home, scheme):
    with enter(scheme):
        page = home.add_child(instance=make())
    read_there = half(page, introduction="To jest nasza nowa strona.")
    assert spoken_as(read_there, "To jest nasza") == "pl"
    assert {words: spoken_as(read_there, words) for words in [TITLE, *left]} == dict.fromkeys([TITLE, *left], "en")


def test_what_an_event_left_in_english_is_spoken_as_english(half, home, scheme):
    with enter(scheme):
        event = an_event(
            title=TITLE, place="The library of the town", address="Beside the old town hall\nAshmere",
            getting_there="Take the bus from town.", access="There are no steps here.",
            expenses_more="We pay it that day.", how_to_come="Ring us the day before.",
        )  # fmt: skip
        begun = event.get_parent()
    half(begun)
    page = half(event, summary="Przyjdź i porozmawiaj z nami.", access="Nie ma tu żadnych schodów.")
    left = [TITLE, "The library", "Beside the old", "Take the bus", "We pay it", "Ring us the day"]
    assert {words: spoken_as(page, words) for words in left} == dict.fromkeys(left, "en")
    assert spoken_as(page, "Przyjdź") == spoken_as(page, "Nie ma tu") == "pl"


def test_what_a_piece_of_news_left_in_english_is_spoken_as_english(half, home, scheme):
    with enter(scheme):
        index = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
        news = NewsPage(
            title=TITLE, day=DAY, kind="newsletter", issue="Spring of the year", summary="What we did then."
        )
        index.add_child(instance=news)
    half(index)
    page = half(news, title="Wszystko, o co można zapytać")
    assert spoken_as(page, "What we did") == spoken_as(page, "Spring of") == "en"
    assert spoken_as(page, "Wszystko") == "pl"


def test_what_staff_wrote_of_people_is_english_and_a_heading_as_its_editor_left_it(half, home, scheme, editor):
    with enter(scheme):
        groups = [
            ("group", {"heading": words, "people": [str(named(editor).pk)]}) for words in ("Our team of four", "x")
        ]
        people = home.add_child(instance=PeoplePage(title="People", slug="people", people=groups))
    page = half(people, people=[groups[0], ("group", groups[1][1] | {"heading": "Nasz zarząd tutaj jest"})])
    assert spoken_as(page, "Our team") == spoken_as(page, "I was there too") == spoken_as(page, "peer support") == "en"
    assert spoken_as(page, "Nasz zarząd") == "pl"


def test_an_idea_in_easy_read_that_was_left_in_english_is_spoken_as_english(half, home, scheme):
    with enter(scheme):
        whole = home.add_child(instance=PeoplePage(title="People", slug="people"))
        ideas = [
            ("idea", {"picture": "place", "words": words}) for words in ("You can come here.", "We are open today.")
        ]
        twin = whole.add_child(instance=EasyReadPage(title=TITLE, ideas=ideas))
        HardWord.objects.create(word="here", meaning="The place where we are.")
        HardWord.objects.create(word="otwarte", meaning="Otwarte znaczy, że można wejść.")
    half(whole)
    page = half(twin, ideas=[ideas[0], ("idea", {"picture": "place", "words": "Dziś jest otwarte dla ciebie."})])
    assert spoken_as(page, "You can come") == spoken_as(page, TITLE) == spoken_as(page, "The place where") == "en"
    assert spoken_as(page, "Dziś") == spoken_as(page, "znaczy") == "pl"


def test_what_a_picture_shows_is_spoken_as_it_was_left(half, home, scheme):
    def picture(shows):
        it = a_picture()
        it.contextual_alt_text, it.decorative = shows, False
        return ("picture", it)

    with enter(scheme):
        left, changed = picture("The door of our office"), picture("The stairs to our office")
        page = home.add_child(instance=StandardPage(title="Our door", slug="door", body=[left, changed]))
        polish = picture("Schody do naszego biura")
    read_there = BeautifulSoup(half(page, title="Nasze drzwi", body=[left, polish]), "html.parser")
    spoken = {img["alt"]: img.find_parent(attrs={"lang": True})["lang"] for img in read_there.main.find_all("img")}
    assert spoken == {"The door of our office": "en", "Schody do naszego biura": "pl"}


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

"""S15: lists, search and the foot of each page show a page once: in Polish where it is live, else in English."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from cms.models import AnswersPage, NoticePage, StoryIndexPage, StoryPage
from tenants.schemes.entering import enter
from tests.factories.cms import story
from tests.integration.cms.polish import (  # noqa: F401 (fixtures)
    ENGLISH,
    POLISH,
    a_polish_draft,
    a_polish_page,
    an_english_page,
    begin,
    in_polish,
    main_of,
    read,
)


def test_the_map_has_both_and_the_feed_of_pages_the_english_one(live, public, scheme):
    site_map, feed = read(public, "/sitemap.xml"), read(public, "/feeds/pages/")
    assert f"{scheme.origin}{POLISH}" in site_map and f"{scheme.origin}{ENGLISH}" in site_map
    assert ENGLISH in feed and POLISH not in feed


def test_search_finds_each_page_in_the_language_that_is_read(live, public):
    assert POLISH in read(public, "/pl/search/?q=Autobusem")
    assert POLISH not in read(public, "/search/?q=Autobusem")
    assert ENGLISH in read(public, "/search/?q=Getting")
    assert "getting-here" not in main_of(read(public, "/pl/search/?q=Getting"))
    found = main_of(read(public, "/pl/search/?q=use"))
    assert re.search(r'<a href="/pl/how-we-use-what-you-tell-us/" lang="en"', found)


def test_lists_show_each_page_once_in_polish_where_it_is_else_in_english(live, home, public, scheme):
    with enter(scheme):
        Page.objects.filter(pk__in=[live.pk, live.get_translations().first().pk]).update(show_in_menus=True)
        first = in_polish(home)
        first.save_revision().publish()
    page = main_of(read(public, "/pl/"))
    assert f'<a href="{POLISH}">' in page and "getting-here" not in page
    assert '<a href="/pl/how-we-use-what-you-tell-us/" lang="en">' in page
    assert POLISH not in read(public, "/")


def test_a_story_whose_polish_words_are_not_published_stands_in_the_polish_list_once_and_says_that_it_is_english(
    desk, home, public, scheme
):
    with enter(scheme):
        story("A card")
        told, not_yet = story("A door", slug="a-door"), story("A clock")
        index = StoryIndexPage.objects.get()
    for page in (home, index, told, not_yet):
        begin(desk, page, scheme)
    with enter(scheme):
        in_polish(index).save_revision().publish()
        polish = in_polish(told)
        polish.title = "Drzwi"
        polish.save_revision().publish()
    found = main_of(read(public, "/pl/stories/"))
    assert re.search(r'<a href="/pl/stories/a-card/" lang="en">A card', found)
    assert re.search(r'<a href="/pl/stories/a-clock/" lang="en">A clock', found)
    assert "Drzwi" in found and "A door" not in found


def test_the_list_of_answers_in_polish_is_found_where_people_look(desk, home, public, scheme):
    with enter(scheme):
        answers = AnswersPage.objects.get()
    for page in (home, answers):
        begin(desk, page, scheme)
    with enter(scheme):
        polish = in_polish(answers)
        polish.title, polish.introduction = "Wasze słowa", "Co zrobiliśmy."
        polish.save_revision().publish()
    assert "Co zrobiliśmy." in read(public, "/pl/you-said-we-did/")
    assert "Co zrobiliśmy." not in read(public, "/you-said-we-did/")


def test_many_polish_pages_cost_as_many_statements_as_one(desk, home, public, scheme):
    def statements():
        public.get("/pl/stories/")
        with CaptureQueriesContext(connection) as captured:
            assert public.get("/pl/stories/").status_code == 200
        return len(captured)

    def in_both(number):
        told = story(f"Story {number}")
        polish = told.copy_for_translation(Locale.objects.get(language_code="pl"))
        polish.save_revision().publish()

    with enter(scheme):
        index = StoryIndexPage.objects.get()
    for page in (home, index):
        begin(desk, page, scheme)
    with enter(scheme):
        in_polish(index).save_revision().publish()
        in_both(1)
        story("English alone")
    few = statements()
    with enter(scheme):
        for number in range(2, 9):
            in_both(number)
            story(f"English alone {number}")
    assert statements() == few
    with enter(scheme):
        assert StoryPage.objects.live().count() == 24


def test_a_footer_leads_to_the_notice_in_the_language_that_is_read(desk, home, public, scheme):
    with enter(scheme):
        notice = NoticePage.objects.get(kind="cookies")
        notice.body = [("paragraph", "<p>Ask any member of our staff.</p>")]
        notice.save_revision().publish()
    for page in (home, notice):
        assert begin(desk, page, scheme).status_code == 302
    with enter(scheme):
        polish = in_polish(notice)
        polish.slug = "ciasteczka"
        polish.save_revision().publish()
    assert 'href="/pl/ciasteczka/"' in read(public, "/pl/") and "ciasteczka" not in read(public, "/")

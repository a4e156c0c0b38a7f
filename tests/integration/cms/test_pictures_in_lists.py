"""S29, S34: lists of stories and of news show a picture of each, the first that everybody may see."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import picture_actions as actions
from cms.models import HomePage, NewsIndexPage, NewsPage
from tenants.schemes.entering import enter
from tests.factories.cms import a_picture, agreed, story

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


def with_pictures(page, *pictures):
    for picture in pictures:
        picture.contextual_alt_text, picture.decorative = "A door", False
        page.body.append(("picture", picture))
    page.save_revision().publish()
    return page


def pictures_of(public, path):
    """The pictures of a list: what each shows to every browser, and what it says to who cannot see it."""
    page = public.get(path).content.decode()
    return re.findall(r'<img class="app-small-picture" src="([^"]*)"[^>]* alt="([^"]*)"', page)


@pytest.mark.parametrize("path", ["/", "/stories/"])
def test_a_story_is_listed_with_the_first_of_its_pictures_that_everybody_may_see(path, home, scheme, editor, public):
    with enter(scheme):
        hidden, seen, further = a_picture(people=1), a_picture(title="seen"), a_picture(title="further")
        with_pictures(story("The card"), hidden, seen, further)
        story("Without any")
        shown = seen.renditions
    found = pictures_of(public, path)
    with enter(scheme):
        assert [address for address, _ in found] == [shown.get(filter_spec="fill-240x180").url]
    # The story's own page describes it.
    assert [words for _, words in found] == [""]


def test_news_are_listed_with_their_pictures(home, scheme, public):
    with enter(scheme):
        index = HomePage.objects.earliest("path").add_child(instance=NewsIndexPage(title="News", slug="news"))
        news = index.add_child(instance=NewsPage(title="New", slug="new", summary="x"))
        with_pictures(news, a_picture())
    assert len(pictures_of(public, "/news/")) == 1


def test_who_takes_a_picture_back_takes_it_off_every_list(home, scheme, editor, public):
    with enter(scheme):
        picture = a_picture(people=1)
        consent = agreed(picture, editor)
        with_pictures(story("The card"), picture)
    assert len(pictures_of(public, "/stories/")) == len(pictures_of(public, "/")) == 1
    with enter(scheme):
        actions.take_back(consent=consent, by=editor)
    assert pictures_of(public, "/stories/") == pictures_of(public, "/") == []


def test_many_stories_with_pictures_cost_as_many_statements_as_one(home, scheme, public):
    def statements():
        public.get("/stories/")
        with CaptureQueriesContext(connection) as captured:
            assert public.get("/stories/").status_code == 200
        return len(captured)

    with enter(scheme):
        with_pictures(story("One"), a_picture())
    one = statements()
    with enter(scheme):
        for number in range(6):
            with_pictures(story(f"Further {number}"), a_picture())
    assert statements() == one and len(pictures_of(public, "/stories/")) == 7

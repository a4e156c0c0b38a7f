"""What is public is found by words, by a feed and by a map of the site; what is not public is found by nobody."""

import re
from xml.etree import ElementTree

import pytest
from django.test import override_settings
from wagtail.models import Page

from cms.models import EasyReadPage, StandardPage
from tenants.feedback.models import Consent, Point, Theme
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tests.factories.cms import an_event, answered_point
from tests.integration.cms.test_editing import PUBLISH, add

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def found(public):
    """`found("bus")`: the page of results as anybody reads it."""

    def read(words, **more):
        answer = public.get("/search/", {"q": words, **more})
        assert answer.status_code == 200
        return answer.content.decode().partition("<main")[2]

    return read


def entries(public, what="answers"):
    return ElementTree.fromstring(public.get(f"/feeds/{what}/").content).findall(f"{ATOM}entry")


def test_a_page_is_found_by_its_title_and_by_words_in_it(leads_desk, home, found):
    add(leads_desk, home, **PUBLISH)
    for words in ("getting here", "parking", "number 9"):
        assert 'href="/getting-here/"' in found(words), words


@pytest.mark.parametrize("words", ["waited", "card wall", '"long I would wait"', "asked"])
def test_an_answer_is_found_by_what_was_said_what_is_done_and_why(scheme, found, words):
    with enter(scheme):
        answered_point("Nobody told me how long I would wait.")
    page = found(words)
    assert "Nobody told me how long" in page


@pytest.mark.parametrize("hidden", [{"agreed": False}, {"is_public": False}])
def test_what_the_public_may_not_read_it_does_not_find(scheme, found, hidden):
    with enter(scheme):
        answered_point("Something private about a wall.", **hidden)
    assert "We found nothing" in found("wall")


def test_private_words_find_nothing(scheme, found):
    with enter(scheme):
        answered_point("Nobody told me how long.")
    # The factory keeps "In my own words" as what was said, beside the words for the public.
    assert "Nobody told me how long" not in found("in my own words")


def test_what_is_taken_back_is_found_no_more(scheme, found, public):
    with enter(scheme):
        answered_point("The wall is grey.")
    assert "1 result<" in found("grey") and len(entries(public)) == 1
    with enter(scheme):
        Consent.objects.all().delete()
    assert "We found nothing" in found("grey") and entries(public) == []


def test_drafts_and_what_was_taken_down_are_found_by_nobody(desk, home, scheme, found, public):
    add(desk, home)
    with enter(scheme):
        gone = Page.objects.get(pk=home.pk).add_child(instance=StandardPage(title="Gone away", slug="gone", live=False))
        assert not gone.live
    assert "We found nothing" in found("getting here") and "We found nothing" in found("gone away")
    for path in ("/sitemap.xml", "/feeds/pages/"):
        assert b"getting-here" not in public.get(path).content and b"/gone/" not in public.get(path).content


def test_the_easy_read_of_a_page_that_was_taken_down_is_found_by_nobody(home, scheme, found, public):
    with enter(scheme):
        whole = Page.objects.get(pk=home.pk).add_child(instance=StandardPage(title="Zebra", slug="zebra"))
        whole.add_child(instance=EasyReadPage(title="Zebra in short"))
    assert 'href="/zebra/easy-read/"' in found("zebra") and b"zebra/easy-read" in public.get("/sitemap.xml").content
    with enter(scheme):
        Page.objects.filter(slug="zebra").update(live=False)
    assert "We found nothing" in found("zebra")
    assert b"zebra" not in public.get("/sitemap.xml").content + public.get("/feeds/pages/").content


def test_an_event_that_is_cancelled_is_found_as_such_and_so_is_its_easy_read(scheme, found):
    with enter(scheme):
        an_event(title="Zebra soon")
        off = an_event(title="Zebra off", called_off=True)
        off.add_child(instance=EasyReadPage(title="Zebra in short"))
    results = found("zebra").split("<li>")[1:]
    marked = {title: "Cancelled" in one for one in results for title in ("soon", "off", "in short") if title in one}
    assert marked == {"soon": False, "off": True, "in short": True}


def test_another_schemes_pages_and_answers_are_not_found(other_scheme, found, public):
    with enter(other_scheme):
        answered_point("Said about a lighthouse.")
        Page.objects.get(depth=2).add_child(instance=StandardPage(title="Lighthouse", slug="lighthouse"))
    assert "We found nothing" in found("lighthouse")
    assert entries(public) == [] and b"lighthouse" not in public.get("/sitemap.xml").content


def test_before_anything_was_asked_nothing_is_said_about_results(public):
    page = public.get("/search/").content.decode()
    assert "What are you looking for?" in page and "result" not in page.partition("<main")[2]


@pytest.mark.parametrize("words", ["'; DROP TABLE x", "%", "& | !", "<script>", "the", "🙂", "a" * 100, "\\", '"'])
def test_any_words_can_be_looked_for(found, words):
    assert "<script>" not in found(words)


def test_what_was_looked_for_stands_in_no_title(found, public):
    head = public.get("/search/", {"q": "custody"}).content.decode().partition("</head>")[0]
    assert "custody" not in head and "<title>Search – Ashmere</title>" in head


def test_many_results_are_split_into_pages_that_keep_the_words(scheme, found):
    with enter(scheme):
        for number in range(21):
            answered_point(f"Point number {number} about a wall.")
    assert re.search(r'href="[^"]*q=wall&amp;page=2"', found("wall"))
    assert found("wall", page="2").count('class="app-pair') >= 1


def test_the_feed_of_answers_says_what_they_are_about_and_no_words_of_anybody(scheme, public):
    with enter(scheme):
        theme = Theme.objects.order_by("code").first()
        answered_point("Nobody told me how long.", theme=theme, decision=Decision.CANNOT)
        code, label = theme.code, theme.label
        key = str(Point.objects.get().pk)
    (entry,) = entries(public)
    assert entry.find(f"{ATOM}title").text == f"We cannot: {label}"
    assert entry.find(f"{ATOM}link").get("href") == f"{scheme.origin}/you-said-we-did/?theme={code}"
    text = public.get("/feeds/answers/").content.decode()
    assert "Nobody told" not in text and "card on the wall" not in text and key not in text


def test_the_feed_of_pages_has_what_was_published(leads_desk, home, public, scheme):
    add(leads_desk, home, **PUBLISH)
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries(public, "pages")]
    assert f"{scheme.origin}/getting-here/" in links


def test_a_feed_costs_the_same_for_one_answer_and_for_twenty(scheme, public, django_assert_max_num_queries):
    with enter(scheme):
        for number in range(20):
            answered_point(f"Point {number}.")
    with django_assert_max_num_queries(8):
        assert len(entries(public)) == 20


def test_the_map_of_the_site_has_every_page_that_everybody_reads_and_no_way_to_say_something(public, scheme):
    text = public.get("/sitemap.xml").content.decode()
    for path in ("/", "/you-said-we-did/", "/how-we-use-what-you-tell-us/"):
        assert f"<loc>{scheme.origin}{path}</loc>" in text
    assert "tell-us/<" not in text.replace("how-we-use-what-you-tell-us/<", "") and "/answer/" not in text


def test_search_engines_keep_pages_of_the_site_and_nothing_else(public):
    for path in ("/", "/you-said-we-did/", "/how-we-use-what-you-tell-us/"):
        assert "noindex" not in public.get(path).content.decode()
    for path in ("/tell-us/", "/answer/", "/about/privacy/", "/search/", "/nothing-here/"):
        assert '<meta name="robots" content="noindex">' in public.get(path).content.decode(), path


def test_robots_are_told_where_the_map_is_and_in_a_demonstration_to_stay_away(public, scheme):
    text = public.get("/robots.txt").content.decode()
    assert f"Sitemap: {scheme.origin}/sitemap.xml" in text and "Disallow: /cms/" in text
    with override_settings(DEMONSTRATION=True):
        assert "Disallow: /\n" in public.get("/robots.txt").content.decode()


def test_a_page_has_one_address_whatever_was_asked_of_it(public, scheme):
    for path in ("/you-said-we-did/", "/you-said-we-did/?decision=cannot"):
        assert f'<link rel="canonical" href="{scheme.origin}/you-said-we-did/">' in public.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/getting-here/", "/tell-us/", "/answer/", "/search/"])
def test_a_link_pasted_into_a_chat_shows_the_schemes_name_and_a_plain_picture(path, leads_desk, home, public, scheme):
    add(leads_desk, home, title="What happens in custody", **PUBLISH)
    head = public.get(path).content.decode().partition("</head>")[0]
    cards = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):\w+)" content="([^"]*)">', head))
    assert cards["og:title"] == scheme.name
    assert cards["og:description"] == "Open the page to read it."
    assert cards["og:image"] == f"{scheme.origin}/static/kit/card.png"

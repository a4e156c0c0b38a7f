"""Which pages of a site may be kept for everybody, with which choices in their address, and for whom never."""

from uuid import uuid4

import pytest
from wagtail.models import Page

from cms.models import StandardPage
from kit import page_cache
from tenants.feedback.models import Theme
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tests.factories.cms import answered_point

ANSWERS = "/you-said-we-did/"
FOR_EVERYBODY = [
    "/",
    ANSWERS,
    "/how-we-use-what-you-tell-us/",
    "/about/privacy/",
    "/about/accessibility/",
    "/about/contact/",
]


@pytest.mark.parametrize("path", FOR_EVERYBODY)
def test_a_page_for_everybody_may_be_kept_and_is_asked_for_again_each_time(public, path):
    answer = public.get(path)
    assert page_cache.is_offered(answer)
    assert answer["Cache-Control"] == "no-cache"
    assert {name.strip() for name in answer["Vary"].split(",")} == {"Accept-Encoding", "Cookie"}
    assert not answer.cookies


@pytest.mark.parametrize("path", FOR_EVERYBODY)
def test_for_whoever_is_signed_in_it_may_not(desk, path):
    answer = desk.get(path)
    assert not page_cache.is_offered(answer)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/tell-us/", "/answer/", "/support/", "/no-such-page/", "/cms/", "/health/", "/points/"]
)
def test_no_other_page_is_kept(public, path):
    answer = public.get(path)
    assert not page_cache.is_offered(answer)
    assert answer["Cache-Control"].startswith(("no-store", "max-age=0"))


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ({"theme": "", "site": "", "decision": ""}, True),
        ({"decision": "cannot", "page": "2"}, True),
        ({"decision": "will", "page": "1"}, True),
        ({"page": "3"}, True),
        ({"page": "4"}, False),
        ({"page": "03"}, False),
        ({"page": "-1"}, False),
        ({"theme": "no-such"}, False),
        ({"site": uuid4().hex}, False),
        ({"from": "a newsletter"}, False),
    ],
)
def test_of_the_answers_only_pages_that_there_are_and_choices_that_are_offered_are_kept(public, scheme, query, is_kept):
    with enter(scheme):
        for number in range(41):
            answered_point(f"Point {number}", decision=Decision.CANNOT if number else Decision.WILL)
    assert page_cache.is_offered(public.get(ANSWERS, query)) is is_kept


def test_a_choice_is_offered_as_long_as_something_is_there_to_choose(public, scheme):
    with enter(scheme):
        theme = Theme.objects.earliest("code")
        assert not page_cache.is_offered(public.get(ANSWERS, {"theme": theme.code}))
    with enter(scheme):
        answered_point(theme=theme)
    assert page_cache.is_offered(public.get(ANSWERS, {"theme": theme.code}))
    assert page_cache.is_offered(public.get(ANSWERS, {"site": str(scheme.sites.earliest("name").pk)}))


def test_a_page_that_reads_no_query_is_kept_without_one_alone(public):
    assert not page_cache.is_offered(public.get("/", {"page": "1"}))
    assert not page_cache.is_offered(public.get("/about/privacy/", {"page": "1"}))


def test_what_an_editor_looks_at_before_it_is_published_is_not_kept(desk, scheme):
    with enter(scheme):
        draft = StandardPage(title="Not yet", live=False)
        Page.objects.get(depth=2).add_child(instance=draft)
        draft.save_revision()
        answer = draft.make_preview_request()
    assert "Not yet" in answer.content.decode()
    assert not page_cache.is_offered(answer)
    answer = desk.get(f"/cms/pages/{draft.pk}/view_draft/")
    assert "Not yet" in answer.content.decode()
    assert not page_cache.is_offered(answer)

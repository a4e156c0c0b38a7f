"""A story shows each of its points as it stands when somebody reads it, and no other."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import StoryIndexPage, StoryPage, stories
from kit import clock, erasure
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.models import Point
from tenants.feedback.rules import Answer, Channel, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.cms import answered_point, story
from tests.factories.feedback import claimed, decided, published, quoted, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone

WORDS = "People were not told how long they would wait."


@pytest.fixture
def owner(scheme: Scheme) -> Membership:
    with enter(scheme):
        return staff(scheme)[1]


@pytest.fixture
def lead(owner: Membership) -> Person:
    return Person.objects.get(pk=owner.person_id)


@pytest.fixture
def read(public: Client) -> Callable[..., str]:
    """The story as anybody reads it."""
    return lambda path="/stories/a-card-on-the-wall/": public.get(path).content.decode()


def test_a_story_shows_its_points_among_its_words(scheme: Scheme, read: Callable[..., str]) -> None:
    """S18: one can see what an insight led to."""
    with enter(scheme):
        points = answered_point("Nobody told me."), answered_point("Not here.", agreed=False)
        story("A card on the wall", *points, search_description="What became of it.")
        answered_point("Of another page.")
    page = read()
    assert "Somebody had an idea." in page and "Nobody told me." in page and "A card on the wall says what" in page
    assert "Not here." not in page and "Of another page." not in page
    assert page.count("app-pair__halves") == 1
    assert '<meta name="description" content="What became of it.">' in page


def test_a_page_holds_no_word_of_a_point(scheme: Scheme) -> None:
    with enter(scheme):
        point = answered_point("Nobody told me.")
        made = story("A card on the wall", point)
        kept = json.dumps([list(made.body.raw_data), [one.content for one in made.revisions.all()]], default=str)
        assert str(point.pk) in kept and "Nobody told me." not in kept and "next" not in kept


def test_what_becomes_of_a_point_is_in_the_story_at_once(
    scheme: Scheme, owner: Membership, lead: Person, read: Callable[..., str]
) -> None:
    with enter(scheme):
        point = said()
        published(point, owner)
        quoted(point)
        story("A card on the wall", point)
    assert WORDS in read() and "how long I would wait." in read() and "We say" not in read()
    with enter(scheme):
        actions.claim_done(point=point, words="It hangs there.", by=lead)
        actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)
        actions.take_back_quote(sayer=the_sayer(point), by=None)
    page = read()
    assert "say it has changed" in page and "how long I would wait." not in page and WORDS in page


def test_a_new_answer_is_in_the_story_when_those_who_said_it_were_told(
    scheme: Scheme, owner: Membership, lead: Person, read: Callable[..., str]
) -> None:
    with enter(scheme):
        point = said(slip(channel=Channel.LETTER))
        first = published(point, owner)
        story("A card on the wall", point)
        second = decided(point, owner, Decision.CANNOT, replaces=first, answer="We cannot after all.")
    assert "We cannot after all." not in read()
    with enter(scheme):
        actions.end_telling(told=second.tellings.get(), by=lead)
    assert "We cannot after all." in read()


def stop_publishing(point: Point, by: Person) -> None:
    actions.stop_publishing(sayer=the_sayer(point), by=None)


def take_back(point: Point, by: Person) -> None:
    actions.take_back(sayer=the_sayer(point), by=None)


def pass_on(point: Point, by: Person) -> None:
    actions.hand_over(point=point, note="", by=by)


def take_the_approval(point: Point, by: Person) -> None:
    Point.objects.filter(pk=point.pk).update(public_words_approved_at=None, public_words_by_id=None)


def open_later(point: Point, by: Person) -> None:
    point.rounds.update(public_from=clock.now() + timedelta(minutes=1))


@pytest.mark.parametrize("ends", [stop_publishing, take_back, pass_on, take_the_approval, open_later])
def test_what_may_not_be_read_any_more_is_not_there_and_the_rest_stays(
    scheme: Scheme, owner: Membership, lead: Person, read: Callable[..., str], ends: Callable[[Point, Person], None]
) -> None:
    with enter(scheme):
        point, other = said(), answered_point("Somebody else said this.")
        published(point, owner)
        quoted(point)
        story("A card on the wall", point, other)
    assert WORDS in read()
    with enter(scheme):
        ends(point, lead)
    page = read()
    assert WORDS not in page and "how long I would wait." not in page
    assert "Somebody else said this." in page and "Somebody had an idea." in page


def test_erasing_whoever_said_it_leaves_the_story_without_it(
    scheme: Scheme, owner: Membership, read: Callable[..., str]
) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    with enter(scheme):
        point, other = said(somebody(robin)), said(somebody(kim))
        published(point, owner)
        published(other, owner, answer="Kim's answer.")
        story("A card on the wall", point, other)
        erasure.erase_person(robin.pk)
    page = read()
    assert page.count("app-pair__halves") == 1 and "Kim&#39;s answer." in page


def test_a_point_that_is_answered_with_another_shows_their_common_answer_once_its_words_rest_on_both(
    scheme: Scheme, owner: Membership, lead: Person, read: Callable[..., str]
) -> None:
    with enter(scheme):
        said(), said()
        carrier = actions.answer_together(points=list(Point.objects.all()), by=lead)
        (other,) = carrier.joined.all()
        published(carrier, owner)
        story("A card on the wall", other)
    assert WORDS in read()
    with enter(scheme):
        # Whoever said that one leaves the website: the words for it are written without it.
        actions.stop_publishing(sayer=the_sayer(other), by=None)
        assert WORDS not in read()
    with enter(scheme):
        actions.approve_words(point=carrier, words="Written without the other.", by=lead)
    assert "Written without the other." not in read()


def test_an_id_of_nothing_and_of_another_schemes_point_show_nothing(
    scheme: Scheme, other_scheme: Scheme, read: Callable[..., str]
) -> None:
    with enter(other_scheme):
        elsewhere = answered_point("Said at Brackwell.")
    with enter(scheme):
        story("A card on the wall", elsewhere, Point(pk=uuid4()))
    page = read()
    assert "Said at Brackwell." not in page and "Somebody had an idea." in page


def test_a_story_costs_the_same_for_any_number_of_points(scheme: Scheme, public: Client) -> None:
    def statements(path: str) -> int:
        public.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert public.get(path).status_code == 200
        return len(asked)

    with enter(scheme):
        story("One", answered_point())
        story("Eight", *(answered_point(changed=True) for _ in range(8)))
        story("None")
    assert statements("/stories/one/") == statements("/stories/eight/")
    assert statements("/stories/none/") < statements("/stories/one/") - 8


def test_the_front_door_shows_the_newest_three_and_leads_to_all(scheme: Scheme, read: Callable[..., str]) -> None:
    assert "See all stories" not in read("/") and "no stories here yet" in read("/stories/")
    with enter(scheme):
        for number in range(4):
            story(f"Story number {number}")
            StoryPage.objects.filter(title=f"Story number {number}").update(
                first_published_at=clock.now() + timedelta(hours=number)
            )
        draft = story("A draft")
        draft.unpublish()
    home, index = read("/"), read("/stories/")
    assert re.findall(r"Story number \d", home) == ["Story number 3", "Story number 2", "Story number 1"]
    assert 'href="/stories/"' in home and "A draft" not in home + index
    assert re.findall(r">(Story number \d)", index) == [f"Story number {number}" for number in (3, 2, 1, 0)]


def test_another_schemes_stories_are_not_shown(other_scheme: Scheme, read: Callable[..., str]) -> None:
    with enter(other_scheme):
        story("A story of Brackwell")
    assert "A story of Brackwell" not in read("/") + read("/stories/")


def test_a_story_is_found_by_its_words(scheme: Scheme, public: Client) -> None:
    with enter(scheme):
        story("A card on the wall", introduction="Lighthouse keepers know.")
    assert "A card on the wall" in public.get("/search/", {"q": "lighthouse"}).content.decode()


def test_many_stories_are_split_into_pages(
    scheme: Scheme, read: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "ON_A_PAGE", 2)
    with enter(scheme):
        for number in range(3):
            story(f"Story number {number}")
    assert read("/stories/").count("Story number") == 2 and "page=2" in read("/stories/")
    assert read("/stories/?page=2").count("Story number") == 1


# --- in the editor


def story_form(*points: object, **more: str) -> dict[str, Any]:
    blocks = [("paragraph", rich_text("<p>Somebody had an idea.</p>")), *(("point", str(one)) for one in points)]
    return nested_form_data({
        "title": "A card on the wall", "slug": "a-card-on-the-wall", "seo_title": "", "search_description": "",
        "introduction": "Nobody waits without knowing.", "body": streamfield(blocks), **more,
    })  # fmt: skip


@pytest.fixture
def index(scheme: Scheme) -> Page:
    with enter(scheme):
        return StoryIndexPage.objects.get()


def test_an_editor_writes_a_story_and_whoever_may_publish_puts_it_on_the_site(
    desk: Client, leads_desk: Client, scheme: Scheme, index: Page, read: Callable[..., str]
) -> None:
    with enter(scheme):
        point = answered_point("Nobody told me.")
    add = f"/cms/pages/add/cms/storypage/{index.pk}/"
    assert desk.get(add).status_code == 200
    assert desk.post(add, story_form(point.pk)).status_code == 302
    with enter(scheme):
        made = StoryPage.objects.get()
    editing = desk.get(f"/cms/pages/{made.pk}/edit/").content.decode()
    assert "Nobody told me." in editing and "In my own words" not in editing
    leads_desk.post(f"/cms/pages/{made.pk}/edit/", story_form(point.pk, **{"action-publish": "1"}))
    assert "Nobody told me." in read()


def test_a_story_can_be_edited_when_one_of_its_points_is_gone(
    desk: Client, scheme: Scheme, index: Page, owner: Membership
) -> None:
    with enter(scheme):
        point = said()
        published(point, owner)
        made = story("A card on the wall", point)
        actions.stop_publishing(sayer=the_sayer(point), by=None)
    page = desk.get(f"/cms/pages/{made.pk}/edit/").content.decode()
    assert "This may not be shown any more." in page and WORDS not in page
    assert desk.post(f"/cms/pages/{made.pk}/edit/", story_form(point.pk)).status_code == 302


def test_what_is_no_id_is_refused_and_nothing_breaks(desk: Client, scheme: Scheme, index: Page) -> None:
    answer = desk.post(f"/cms/pages/add/cms/storypage/{index.pk}/", story_form("' OR 1=1", **{"action-submit": "1"}))
    assert answer.status_code == 200
    with enter(scheme):
        assert not StoryPage.objects.exists()


def test_only_what_the_public_may_read_is_offered_and_found_by_those_words_alone(
    desk: Client, scheme: Scheme, other_scheme: Scheme
) -> None:
    with enter(other_scheme):
        answered_point("Lighthouse said at Brackwell.")
    with enter(scheme):
        answered_point("Waiting in the lighthouse.")
        hidden = answered_point("Secret lighthouse.", agreed=False)
        answered_point("Not told of yet, lighthouse.", is_public=False)
    for path in ("/cms/choose-answer/", "/cms/choose-answer/results/"):
        page = desk.get(path).content.decode()
        assert "Waiting in the lighthouse." in page and "Secret" not in page and "Not told" not in page
        assert "Brackwell" not in page
        # "wait" finds "waiting"; what was said in private, “In my own words”, finds nothing.
        assert "Waiting in the" in desk.get(path, {"q": "wait"}).content.decode()
        assert "Waiting in the" not in desk.get(path, {"q": "own"}).content.decode()
    assert desk.get(f"/cms/choose-answer/chosen/{hidden.pk}/").status_code == 404
    assert desk.get("/cms/choose-answer/chosen/nonsense/").status_code == 404


def test_the_chosen_one_comes_with_its_words(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        point = answered_point("Nobody told me.")
    chosen = desk.get(f"/cms/choose-answer/chosen/{point.pk}/").json()
    assert chosen == {"step": "chosen", "result": {"id": str(point.pk), "title": "Nobody told me.", "edit_url": None}}


def test_choosing_costs_the_same_for_any_number_and_shows_ten_at_a_time(desk: Client, scheme: Scheme) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get("/cms/choose-answer/results/?q=told")
        return len(asked)

    with enter(scheme):
        answered_point("I was told.")
    desk.get("/cms/choose-answer/results/")
    one = statements()
    with enter(scheme):
        for _ in range(24):
            answered_point("I was told.")
    assert statements() == one
    page = desk.get("/cms/choose-answer/results/?q=told").content.decode()
    assert page.count("data-chooser-modal-choice") == 10 and "25 matches" in page
    assert desk.get("/cms/choose-answer/results/?q=told&p=3").content.decode().count("data-chooser-modal-choice") == 5


def test_the_claimed_and_the_confirmed_are_both_offered(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        claimed(said(), owner)
    assert WORDS in desk.get("/cms/choose-answer/").content.decode()


def test_choosing_is_for_editors_of_this_scheme(client_at: Callable[..., Client], scheme: Scheme) -> None:
    assert client_at(scheme, someone("Robin")).get("/cms/choose-answer/").status_code == 404

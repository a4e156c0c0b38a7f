"""“You said, we did” shows what may be shown, every decision alike, at the same cost however much there is."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.answers import Done, done_since, first_of_january
from kit import clock
from tenants.feedback.models import Point, Theme
from tenants.feedback.rules import Decision, Stage
from tenants.schemes.entering import enter
from tests.factories.cms import answered_point

ANSWERS = "/you-said-we-did/"


@pytest.fixture
def shown(public, scheme) -> Callable[..., str]:
    """`shown(decision="cannot")`: the page as anybody reads it."""

    def read(path: str = ANSWERS, **choices: str) -> str:
        return public.get(path, choices).content.decode()

    return read


def statements(public, path):
    with CaptureQueriesContext(connection) as captured:
        assert public.get(path).status_code == 200
    return len(captured)


def pairs_of(page):
    return re.findall(r'<article class="[^"]*">.*?</article>', page, re.DOTALL)


def test_an_answered_point_is_shown_in_the_words_that_were_approved(scheme, shown):
    with enter(scheme):
        answered_point("Nobody told me how long.")
    page = shown()
    assert "Nobody told me how long." in page
    assert "A card on the wall says what happens next." in page
    assert "In my own words" not in page


def test_people_are_counted_by_the_rule_of_disclosure(scheme, shown):
    with enter(scheme):
        answered_point()
    assert "A few people" in shown()


@pytest.mark.parametrize("hidden", [{"agreed": False}, {"is_public": False}])
@pytest.mark.parametrize("path", [ANSWERS, "/"])
def test_what_was_not_agreed_to_or_not_yet_told_is_not_shown(scheme, shown, hidden, path):
    with enter(scheme):
        answered_point("Something private.", **hidden)
    assert "Something private." not in shown(path)


def test_another_schemes_answers_are_not_shown(other_scheme, shown):
    with enter(other_scheme):
        answered_point("Said at Brackwell.")
    assert "Said at Brackwell." not in shown()
    assert "Said at Brackwell." not in shown("/")


def test_a_no_is_as_prominent_as_a_yes(scheme, shown):
    with enter(scheme):
        for decision in Decision:
            answered_point(f"Said and answered {decision.label}.", decision=decision)
    pairs = pairs_of(shown())
    assert len(pairs) == 4
    # The line under the halves is shorter where nothing was promised (ADR 0030): the box itself is compared.
    halves = [pair.partition('class="app-line')[0] for pair in pairs]
    drawn = {tuple(dict.fromkeys(re.findall(r'class="([^"]*)"', half))) for half in halves}
    assert all("app-pair__half" in half for half in halves)
    assert len(drawn) == 1, "a decision is drawn with other classes than the others"


def test_answers_are_chosen_by_theme_place_and_decision_with_a_plain_form(scheme, shown):
    site, elsewhere = scheme.sites.order_by("name")
    with enter(scheme):
        themes = list(Theme.objects.order_by("code")[:2])
        answered_point("The first.", theme=themes[0], site_id=site.pk, decision=Decision.CANNOT)
        answered_point("The second.", theme=themes[1], site_id=elsewhere.pk, decision=Decision.WILL)
    for choice in ({"theme": themes[0].code}, {"site": str(site.pk)}, {"decision": "cannot"}):
        page = shown(**choice)
        assert "The first." in page and "The second." not in page, choice
        assert re.search(r'<option value="[^"]+" selected', page)
    page = shown()
    assert "The first." in page and "The second." in page
    assert re.search(r'<form [^>]*method="get"', page)


@pytest.mark.parametrize("choice", [{"theme": "no-such"}, {"site": "x'--"}, {"decision": "maybe"}, {"page": "-9"}])
def test_a_choice_that_is_not_offered_shows_everything(scheme, shown, choice):
    with enter(scheme):
        answered_point("The first.")
    assert "The first." in shown(**choice)


def test_no_answer_of_a_kind_says_so_and_leads_back(scheme, shown):
    with enter(scheme):
        answered_point(decision=Decision.DOING)
    page = shown(decision="cannot")
    assert "No answers like this yet" in page
    assert f'href="{ANSWERS}"' in page


def test_many_answers_are_split_into_pages_that_keep_the_choice(scheme, shown):
    with enter(scheme):
        for number in range(21):
            answered_point(f"Point number {number}.", decision=Decision.CANNOT)
    page = shown(decision="cannot")
    assert len(pairs_of(page)) == 20
    assert re.search(r'href="[^"]*decision=cannot&amp;page=2"', page)
    assert len(pairs_of(shown(decision="cannot", page="2"))) == 1


@pytest.mark.parametrize("path", [ANSWERS, "/"])
def test_one_point_costs_as_much_as_six(scheme, public, path):
    with enter(scheme):
        answered_point()
    public.get(path)
    one = statements(public, path)
    with enter(scheme):
        for _ in range(5):
            answered_point(changed=True)
    assert statements(public, path) == one


def test_the_front_door_counts_things_that_changed_exactly_and_shows_the_latest_three(scheme, shown):
    with enter(scheme):
        for number in range(4):
            answered_point(f"Point number {number}.", changed=number > 1)
        assert done_since(first_of_january()) == Done(confirmed=0, claimed=2)
        assert done_since(clock.today().replace(year=clock.today().year + 1)) == Done(0, 0)
    page = shown("/")
    assert "We say that 2 things are done</strong> since January" in page
    assert "did it change?" in page
    assert len(pairs_of(page)) == 3


def test_the_front_door_says_what_those_who_said_it_confirm_apart_from_the_schemes_word(scheme, shown):
    with enter(scheme):
        for number in range(5):
            answered_point(f"Point number {number}.", changed=True)
        one, two, gone, passed_on, _ = Point.objects.order_by("pk")
        Point.objects.filter(pk__in=[one.pk, two.pk]).update(stage=Stage.CONFIRMED)
        Point.objects.filter(pk=gone.pk).update(said="")
        Point.objects.filter(pk=passed_on.pk).update(
            said="", public_words="", public_words_approved_at=None,
            public_words_by_id=None, words_left_out=True, passed_on_at=clock.now(), passed_on_by_id=uuid4(),
        )  # fmt: skip
    page = shown("/")
    assert "2 things changed</strong> since January: those who said it told us so. We say that 1 more is done." in page

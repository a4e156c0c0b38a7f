"""“What others did about something like this”, and “we did the same”, which is counted where it came from (S18)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from answers import queries as national
from answers.models import PublishedAnswer
from answers.queries import Chosen, Found, search
from tenants.feedback import actions, queries
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import Point, Round, Same, Theme, Told
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, slip
from tests.integration.answers.conftest import MEDICATION, WAITING, Publish, kept, lead_of
from tests.integration.feedback.conftest import MONDAY
from tests.integration.proofs.listening import logged

Owners = dict[str, Membership]
Work = Callable[[], None]


def found(point: Point) -> Found:
    return next(one for one in search(Chosen()) if one.row.point_id == point.pk)


def others(point: Point, here: Scheme) -> list[str]:
    return [one.row.answer for one in queries.others_did(point, here)]


@pytest.fixture
def followed(scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish, work: Work) -> tuple[Point, Point]:
    """Brackwell's answer, and Ashmere's that says it did the same."""
    there, here = publish(other_scheme), publish(scheme)
    row = kept(there)
    assert row is not None
    with enter(scheme):
        actions.do_the_same(point=here, answer_id=row.pk, by=lead_of(owners["ashmere"]))
    work()
    return there, here


def test_the_nearest_answers_of_other_schemes_stand_beside_a_decision(
    scheme: Scheme, other_scheme: Scheme, publish: Publish
) -> None:
    publish(other_scheme, theme=MEDICATION, answer="Nobody waits for tablets.", reason="Waiting was long.")
    publish(other_scheme, theme=WAITING, answer="A card says how long you wait.")
    publish(scheme, theme=WAITING, answer="Our own card says how long you wait.")
    with enter(scheme):
        point = said(words="We wait so long!", theme=Theme.objects.get(code=WAITING))
        assert others(point, scheme) == ["A card says how long you wait.", "Nobody waits for tablets."]


def test_words_alone_find_them_where_nobody_sorted_the_point(
    scheme: Scheme, other_scheme: Scheme, publish: Publish
) -> None:
    publish(other_scheme, answer="We bought blankets.")
    with enter(scheme):
        assert others(said(words="No blanket at night"), scheme) == ["We bought blankets."]
        assert others(said(words="!?"), scheme) == []
        assert others(said(words="Zebras"), scheme) == []


def test_where_no_word_is_shared_the_newest_about_the_same_theme_are_shown(
    scheme: Scheme, other_scheme: Scheme, publish: Publish
) -> None:
    publish(other_scheme, theme=WAITING, answer="A card says how long.")
    publish(other_scheme, theme=MEDICATION, answer="Tablets come at once.")
    with enter(scheme):
        point = said(words="Zebras", theme=Theme.objects.get(code=WAITING))
        assert others(point, scheme) == ["A card says how long."]


def test_of_a_schemes_answers_each_is_found_by_its_own_point(scheme: Scheme, publish: Publish) -> None:
    points = [publish(scheme, answer=answer) for answer in ("A card.", "A clock.")]
    assert [national.at(scheme.pk, one.pk).row.answer for one in points] == ["A card.", "A clock."]  # type: ignore[union-attr]


def test_at_most_three_are_shown(scheme: Scheme, other_scheme: Scheme, publish: Publish) -> None:
    for number in range(5):
        publish(other_scheme, f"Blanket {number}", answer="We bought blankets.")
    with enter(scheme):
        assert len(others(said(words="No blanket at night"), scheme)) == 3


def test_the_private_words_by_which_they_are_found_leave_the_database_for_no_log(
    scheme: Scheme, other_scheme: Scheme, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    publish(other_scheme)
    with enter(scheme):
        point = Point.objects.get(pk=said(words="My cousin Zebrafinch had to wait.").pk)
        with logged() as lines, django_assert_max_num_queries(6) as asked:
            assert others(point, scheme)
    assert "ebrafinch" not in str(asked.captured_queries) + lines.getvalue()


def test_the_page_of_a_decision_shows_them(
    scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish, client_at: Callable[..., Client]
) -> None:
    publish(other_scheme, answer="A card says how long you wait.")
    lead = lead_of(owners["ashmere"])
    with enter(scheme):
        point = said()
        actions.no_regard_needed(point=point, why_not="It is the same for everybody.", by=lead)
    page = client_at(scheme, lead).get(f"/points/{point.pk}/decide/").content.decode()
    assert "What others did about something like this" in page and "A card says how long you wait." in page
    assert f'href="{other_scheme.origin}/you-said-we-did/' in page


def test_beside_a_decision_each_says_what_it_shares_why_it_was_decided_and_whether_it_is_invented(
    scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish, client_at: Callable[..., Client]
) -> None:
    publish(other_scheme, theme=WAITING, answer="A clock.", reason="It was fair.")
    publish(other_scheme, theme=MEDICATION, answer="A blanket is there.", reason="It is cold.")
    invented = publish(other_scheme, theme=WAITING, decision=Decision.CANNOT, answer="No blanket.", reason="No money.")
    PublishedAnswer.objects.filter(point_id=invented.pk).update(example_note="invented answer")
    lead = lead_of(owners["ashmere"])
    with enter(scheme):
        point = said(words="Blankets!", theme=Theme.objects.get(code=WAITING))
        actions.no_regard_needed(point=point, why_not="It is the same for everybody.", by=lead)
        assert [(one.row.answer, one.shares) for one in queries.others_did(point, scheme)] == [
            ("No blanket.", "shares the theme and words"),
            ("A clock.", "shares the theme"),
            ("A blanket is there.", "shares words"),
        ]
    browser = client_at(scheme, lead)
    page = " ".join(browser.get(f"/points/{point.pk}/decide/").content.decode().split())
    assert "(shares the theme and words): We cannot. No blanket. Why: No money." in page
    assert page.count("invented answer") == 1
    assert "(shares the theme): We will. A clock. Why: It was fair." in page
    assert "It shares the theme with this." in browser.get(f"/points/{point.pk}/same/").content.decode()


def test_who_did_the_same_is_counted_and_leads_back(followed: tuple[Point, Point]) -> None:
    there, here = followed
    assert found(there).same_words == "1 other scheme did the same"
    assert found(here).first_words == "Brackwell did this first"
    assert found(here).same_words == "" and found(there).first_words == ""


def test_a_scheme_counts_once_however_often_it_did_the_same(
    followed: tuple[Point, Point], scheme: Scheme, owners: Owners, publish: Publish, work: Work
) -> None:
    there, _ = followed
    again = publish(scheme)
    with enter(scheme):
        actions.do_the_same(point=again, answer_id=kept(there).pk, by=lead_of(owners["ashmere"]))  # type: ignore[union-attr]
    work()
    assert found(there).same_count == 1


def test_it_is_counted_only_while_everybody_may_read_who_did_the_same(
    followed: tuple[Point, Point], scheme: Scheme, work: Work
) -> None:
    there, here = followed
    with enter(scheme):
        actions.stop_publishing(sayer=here.sayers.get(), by=None)
    work()
    assert found(there).same_count == 0


def test_it_is_undone_when_something_else_is_decided(
    followed: tuple[Point, Point], scheme: Scheme, owners: Owners, work: Work
) -> None:
    there, here = followed
    with enter(scheme):
        decided(here, owners["ashmere"], Decision.CANNOT, replaces=Round.objects.get(point=here))
    work()
    assert found(there).same_count == 0 and found(here).first is None


def test_it_can_be_taken_back(followed: tuple[Point, Point], scheme: Scheme, owners: Owners, work: Work) -> None:
    there, here = followed
    with enter(scheme):
        actions.take_back_the_same(point=here, by=lead_of(owners["ashmere"]))
        actions.take_back_the_same(point=here, by=lead_of(owners["ashmere"]))
        assert not Same.objects.exists()
    work()
    assert found(there).same_count == 0


def test_an_answer_that_is_withdrawn_leaves_no_way_to_it(
    followed: tuple[Point, Point], other_scheme: Scheme, work: Work
) -> None:
    there, here = followed
    with enter(other_scheme):
        actions.stop_publishing(sayer=there.sayers.get(), by=None)
    work()
    assert found(here).first is None


def test_only_a_decision_follows_and_only_an_answer_of_another_scheme(
    scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish
) -> None:
    there, here = kept(publish(other_scheme)), publish(scheme)
    own = kept(here)
    assert there is not None and own is not None
    lead = lead_of(owners["ashmere"])
    with enter(scheme):
        with pytest.raises(FeedbackError, match="Decide about this point first"):
            actions.do_the_same(point=said(slip()), answer_id=there.pk, by=lead)
        with pytest.raises(FeedbackError, match="not there any more"):
            actions.do_the_same(point=here, answer_id=own.pk, by=lead)
        assert not Same.objects.exists()


def test_staff_say_it_on_a_page_and_take_it_back_there(
    scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish, client_at: Callable[..., Client], work: Work
) -> None:
    there, here = publish(other_scheme), publish(scheme)
    row = kept(there)
    assert row is not None
    browser = client_at(scheme, lead_of(owners["ashmere"]))
    page = browser.get(f"/points/{here.pk}/same/").content.decode()
    assert 'We did the same<span class="nhsuk-u-visually-hidden"> as Brackwell</span>' in page
    browser.post(f"/points/{here.pk}/same/", {"answer_id": row.pk})
    work()
    assert found(there).same_count == 1
    page = browser.get(f"/points/{here.pk}/same/").content.decode()
    assert "You did the same as" in page and "No further scheme has published an answer" in page
    point_page = browser.get(f"/points/{here.pk}/").content.decode()
    assert re.search('You did the same as <a href="[^"]+">Brackwell</a>', point_page)
    browser.post(f"/points/{here.pk}/same/take-back/")
    work()
    assert found(there).same_count == 0


def test_other_words_can_be_looked_for(
    scheme: Scheme, other_scheme: Scheme, owners: Owners, publish: Publish, client_at: Callable[..., Client]
) -> None:
    publish(other_scheme, answer="We bought blankets.")
    with enter(scheme):
        point = said(words="Zebras")
    browser = client_at(scheme, lead_of(owners["ashmere"]))
    assert "blankets" not in browser.get(f"/points/{point.pk}/same/").content.decode()
    assert "blankets" in browser.get(f"/points/{point.pk}/same/?q=blanket").content.decode()


def test_the_mark_stands_in_the_schemes_own_house_and_points_nowhere_by_a_key(followed: tuple[Point, Point]) -> None:
    """Data rule 1: ids of a scheme and of a point, and no foreign key to either."""
    assert {field.name for field in Same._meta.get_fields() if field.is_relation} == {"round"}
    assert not any(field.is_relation and field.name.startswith("same") for field in PublishedAnswer._meta.get_fields())


def test_nobody_follows_what_was_answered_later_so_never_both_are_first(
    followed: tuple[Point, Point], scheme: Scheme, other_scheme: Scheme, owners: Owners, work: Work,
    at_moment: Callable[..., None], publish: Publish, client_at: Callable[..., Client],
) -> None:  # fmt: skip
    at_moment(MONDAY + timedelta(days=1))
    later = publish(scheme)
    there, _ = followed
    lead = lead_of(owners["brackwell"])
    with enter(other_scheme), pytest.raises(FeedbackError, match="You decided before this answer was there"):
        actions.do_the_same(point=there, answer_id=kept(later).pk, by=lead)  # type: ignore[union-attr]
    page = client_at(other_scheme, lead).get(f"/points/{there.pk}/same/").content.decode()
    assert "You decided before this answer was there." in page
    assert page.count('name="answer_id"') == 1


def test_an_answer_that_is_given_anew_is_not_the_one_that_was_followed(
    followed: tuple[Point, Point], scheme: Scheme, other_scheme: Scheme, owners: Owners, work: Work,
    at_moment: Callable[..., None], client_at: Callable[..., Client],
) -> None:  # fmt: skip
    there, here = followed
    at_moment(MONDAY + timedelta(days=1))
    with enter(other_scheme):
        anew = decided(there, owners["brackwell"], Decision.CANNOT, replaces=Round.objects.get(point=there))
        for told in Told.objects.filter(round=anew).pending():
            actions.end_telling(told=told, by=lead_of(owners["brackwell"]))
        row = kept(here)
        assert row is not None
        actions.do_the_same(point=there, answer_id=row.pk, by=lead_of(owners["brackwell"]))
    work()
    assert found(there).first_words == "Ashmere did this first" and found(here).first is None
    assert (found(there).same_count, found(here).same_count) == (0, 1)
    page = client_at(scheme, lead_of(owners["ashmere"])).get(f"/points/{here.pk}/same/").content.decode()
    assert "They have answered anew since." in page

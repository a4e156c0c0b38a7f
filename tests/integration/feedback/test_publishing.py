"""What the public reads: approved words, agreed to by all who said them, who were told before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.models import GroupTag, Point, Round, Theme
from tenants.feedback.rules import Answer, Channel, Decision, Kind
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, letter, published, said, slip, the_sayer
from tests.integration.conftest import MakePerson

PUBLIC = "People were not told how long they would wait."


def pairs(**asked: Any) -> list[Any]:
    return list(queries.answered(**asked).object_list)


def test_an_answered_point_is_read_in_its_public_words_with_the_reason_s89(owner: Membership) -> None:
    published(said(words="I waited nine hours in a cell."), owner, answer="A card.", reason="You asked.")
    (pair,) = pairs()
    assert (pair.said, pair.answer, pair.why, pair.who) == (PUBLIC, "A card.", "You asked.", "Involvement lead")
    assert "cell" not in str(pair) and pair.in_other_words


def test_without_approved_words_nothing_is_public(owner: Membership) -> None:
    decided(said(), owner)
    assert pairs() == []


def test_a_point_with_one_sayer_who_did_not_agree_is_not_public(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    actions.stop_publishing(sayer=point.sayers.first(), by=None)
    assert pairs() == []


def test_an_answer_is_not_public_before_those_who_said_it_were_told(owner: Membership, lead) -> None:
    told = letter(owner)
    actions.approve_words(point=told.round.point, words=PUBLIC, by=lead)
    assert pairs() == []
    actions.end_telling(told=told, by=lead)
    assert len(pairs()) == 1


def test_an_answer_is_public_from_a_moment_on(owner: Membership) -> None:
    published(said(), owner)
    Round.objects.update(public_from=clock.now() + timedelta(minutes=1))
    assert pairs() == []


def test_while_a_new_answer_is_told_the_public_reads_the_one_before(owner: Membership, lead) -> None:
    point = said(slip(channel=Channel.LETTER))
    first = published(point, owner)
    second = decided(point, owner, Decision.CANNOT, replaces=first)
    assert pairs()[0].decision == "will"
    assert pairs(decision="cannot") == []
    actions.end_telling(told=second.tellings.get(), by=lead)
    assert pairs(decision="cannot")[0].decision_label == "We cannot, because"


def test_words_that_are_taken_back_are_gone_at_once(owner: Membership) -> None:
    point = said()
    published(point, owner)
    actions.stop_publishing(sayer=the_sayer(point), by=None)
    assert (pairs(), Point.objects.agreed_to_be_public().count()) == ([], 0)


def test_a_point_nobody_can_speak_for_any_more_is_not_public(owner: Membership) -> None:
    point = said()
    published(point, owner)
    point.sayers.update(kind=Kind.GONE, slip="", channel=Channel.PAGE)
    assert pairs() == []


def test_the_index_is_filtered_by_theme_place_and_decision(owner: Membership, inside: Scheme) -> None:
    theme, site = Theme.objects.get(code="rights"), inside.sites.first()
    published(said(theme=theme, site_id=site.pk), owner, Decision.CANNOT)
    published(said(), owner, Decision.WILL)
    assert len(pairs()) == 2
    for asked in ({"theme": "rights"}, {"site": site.pk}, {"decision": "cannot"}):
        assert [pair.decision for pair in pairs(**asked)] == ["cannot"]
    assert list(queries.themes_with_answers()) == [theme]


def test_the_latest_answer_stands_first(owner: Membership) -> None:
    for answer in ("First.", "Second."):
        published(said(), owner, answer=answer)
        clock.set_to(clock.now() + timedelta(hours=1), frozen=True)
    assert [pair.answer for pair in pairs()] == ["Second.", "First."]


def test_how_many_people_said_it_is_rounded_or_hidden(owner: Membership) -> None:
    for how_many, words in ((4, "A few people"), (23, "About 25 people"), (None, "")):
        published(said(how_many=how_many), owner)
        assert pairs()[0].people_words == words
        clock.set_to(clock.now() + timedelta(hours=1), frozen=True)


def test_the_line_shows_each_stop_with_its_day(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)
    (pair,) = pairs()
    assert [(stop.name, stop.done, stop.on.day) for stop in pair.stops] == [
        ("Said", True, 2),
        ("Seen", True, 2),
        ("Decided", True, 2),
        ("Told", True, 2),
        ("Changed", True, 2),
        ("Confirmed", True, 3),
    ]


@pytest.mark.parametrize("decision", [Decision.NOT_NOW, Decision.CANNOT])
def test_where_nothing_was_promised_the_line_ends_when_they_are_told(owner: Membership, decision: Decision) -> None:
    published(said(), owner, decision)
    assert [stop.name for stop in pairs()[0].stops] == ["Said", "Seen", "Decided", "Told"]


def test_what_those_who_said_it_deny_is_not_shown_as_changed(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    (pair,) = pairs()
    assert [stop.done for stop in pair.stops] == [True, True, True, True, False, False]
    assert "None of the people who said this say it has changed." in pair.confirmation_words
    assert "We look at it again and answer by 30 November 2026." in pair.confirmation_words
    clock.set_to(clock.now() + timedelta(days=35), frozen=True)
    assert "Waiting for an answer: 25 working days. We promised 20." in pairs()[0].confirmation_words


def test_what_was_put_off_says_from_its_day_on_that_it_waits_again_and_how_long(owner: Membership) -> None:
    """S89: the public reads it as those who said it do."""
    point = said()
    published(point, owner, Decision.NOT_NOW, review_on=date(2026, 12, 1))
    for days, words in (
        (28, ""),
        (1, "We look at it again and answer by 31 December 2026."),
        (45, "Waiting for an answer: 30 working days. We promised 20."),
    ):
        clock.set_to(clock.now() + timedelta(days=days), frozen=True)
        actions.review_due(point=point)
        assert pairs()[0].confirmation_words == words
        (own,) = queries.by_fingerprint(the_sayer(point).slip)
        assert own.pair.confirmation_words == words
    published(point, owner, Decision.CANNOT)
    assert pairs()[0].confirmation_words == ""


def test_a_claim_nobody_answered_is_called_what_the_scheme_says(owner: Membership) -> None:
    claimed(said(), owner)
    assert pairs()[0].confirmation_words == "The scheme says this is done. Those who said it have been asked."


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (["yes", "yes", "yes"], "All of the people who said this say it has changed."),
        (
            ["yes", "yes", "partly"],
            "Most of the people who said this say it has changed. Some of the people say it has partly changed.",
        ),
        (["partly"], "All of the people who said this say it has partly changed."),
    ],
)
def test_confirmations_are_told_in_words_not_in_small_numbers(
    owner: Membership, answers: list[str], words: str
) -> None:
    point = said(*(slip() for _ in answers))
    claimed(point, owner)
    for sayer, answer in zip(point.sayers.all(), answers, strict=True):
        actions.confirm(sayer=sayer, answer=Answer(answer), by=None)
    assert pairs()[0].confirmation_words == words


def test_what_a_reporter_confirms_is_labelled_so(owner: Membership, person: MakePerson, inside: Scheme) -> None:
    robin, women = person(), GroupTag.objects.get(code="women")
    point = said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women, may_publish=True), groups=[women])
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=robin)
    (pair,) = pairs()
    assert pair.confirmation_words == "The person their group named says it has changed."
    assert pair.groups == ["Women"]


@pytest.mark.parametrize("points", [1, 6])
def test_the_index_costs_the_same_for_any_number_of_points(owner: Membership, points: int) -> None:
    for _ in range(points):
        claimed(said(slip(), slip(), groups=[GroupTag.objects.first()]), owner)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(pairs()) == points
    assert len(asked) == 11

"""Rule 4: at least two, at least half with lived experience (F7), nobody where they worked (F6)."""

from collections import Counter
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from peer_monitoring.rules import Candidate, drawn_pair, pairs, team_problems


def somebody(number, **more):
    known = {"has_lived_experience": True, "is_trained": True, "has_conflict": False, "may_enter": True}
    return Candidate(person_id=UUID(int=number), name=f"P{number}", **{**known, **more})


def test_two_who_may_go_are_a_team():
    assert team_problems([somebody(1), somebody(2, has_lived_experience=False)]) == []


@pytest.mark.parametrize(
    ("team", "says"),
    [
        ([], "A team has at least 2 people. Choose 2 or more."),
        ([somebody(1)], "A team has at least 2 people. Choose one more."),
        ([somebody(1, has_lived_experience=False), somebody(2, has_lived_experience=False)], "half of a team"),
        ([somebody(1), *(somebody(n, has_lived_experience=False) for n in (2, 3))], "half of a team"),
        ([somebody(1), somebody(2, is_trained=False)], "P2 has no training"),
        ([somebody(1), somebody(2, has_conflict=True)], "P2 works there, or did within two years"),
        ([somebody(1), somebody(2, may_enter=False)], "P2 is not vetted"),
    ],
)
def test_what_is_wrong_with_a_team_is_said_f6_f7(team, says):
    assert any(says in problem for problem in team_problems(team))


def test_half_is_enough():
    assert team_problems([somebody(1), somebody(2), *(somebody(n, has_lived_experience=False) for n in (3, 4))]) == []


def test_a_pair_is_drawn_only_of_those_who_may_go_together():
    without = [somebody(n, has_lived_experience=False) for n in (3, 4)]
    kept_away = [somebody(5, has_conflict=True), somebody(6, is_trained=False), somebody(7, may_enter=False)]
    together = {frozenset(one.name for one in pair) for pair in pairs([somebody(1), *without, *kept_away])}
    assert together == {frozenset({"P1", "P3"}), frozenset({"P1", "P4"})}


def test_no_pair_is_drawn_where_none_may_go():
    assert drawn_pair([somebody(1)], Random(1)) is None


def test_each_pair_is_as_likely_as_any_other():
    people = [somebody(n) for n in range(1, 5)]
    chance = Random(7)
    drawn = Counter(frozenset(one.name for one in drawn_pair(people, chance)) for _ in range(6000))
    assert len(drawn) == 6
    assert all(850 < times < 1150 for times in drawn.values())


def test_somebody_nothing_keeps_away_has_no_hindrance():
    assert somebody(1).hindrances() == []
    assert len(replace(somebody(1), is_trained=False, has_conflict=True, may_enter=False).hindrances()) == 3

"""Disclosure control for counts of people (docs/formulas.md §3)."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit import disclosure
from kit.disclosure import nhs_digital, people_words, protect, rounded, share_words, total_of

people = st.integers(0, 400)
tables = st.dictionaries(st.text(max_size=3), people, min_size=1, max_size=8)
tables_of_few = st.dictionaries(st.integers(), st.integers(0, 14), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("n", "given_out"),
    [(0, None), (3, None), (7, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (247, 245)],
)
def test_counts_under_10_are_hidden_and_the_rest_go_to_the_nearest_5(n, given_out):
    assert rounded(n) == given_out


@pytest.mark.parametrize(
    ("n", "given_out"), [(0, 0), (1, None), (3, None), (7, None), (8, 10), (12, 10), (13, 15), (247, 245)]
)
def test_the_rule_of_nhs_digital_hides_1_to_7_and_gives_zero(n, given_out):
    assert nhs_digital(n) == given_out


@given(people)
def test_a_count_given_out_is_within_two_of_the_truth_and_ends_in_0_or_5(n):
    assert rounded(n) is None or (rounded(n) % 5 == 0 and abs(rounded(n) - n) <= 2)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (None, "a few people"),
        (0, "a few people"),
        (9, "a few people"),
        (10, "about 10 people"),
        (13, "about 15 people"),
        (247, "about 245 people"),
    ],
)
def test_how_many_people_is_said_in_words(n, words):
    assert people_words(n) == words


@pytest.mark.parametrize(
    ("yes", "total", "words"),
    [
        (1, 1, "all of the people"),
        (9, 9, "all of the people"),
        (5, 8, "most of the people"),
        (4, 8, "some of the people"),
        (1, 8, "some of the people"),
        (0, 8, "none of the people"),
        (0, 0, "none of the people"),
        (12, 20, "most of the people"),  # 20 people are too few for a percentage
        (12, 27, "some of the people"),  # 27 are given out as 25
        (12, 28, "33% of about 30 people"),  # 28 as 30, 12 as 10
        (13, 100, "15% of about 100 people"),
        (100, 100, "100% of about 100 people"),
        (9, 100, "some of the people"),  # a percentage would give the 9 away
        (99, 102, "most of the people"),  # both are given out as 100, and 3 said something else
        (28, 32, "most of the people"),
        (10, 2300, "some of the people"),  # 0% would deny those 10
    ],
)
def test_a_share_is_said_in_words_or_as_a_percentage_from_rounded_figures(yes, total, words):
    assert share_words(yes, total) == words


@pytest.mark.parametrize(("yes", "total"), [(3, 2), (-1, 2), (1, -1)])
def test_a_share_of_more_people_than_there_are_is_a_mistake(yes, total):
    with pytest.raises(ValueError, match="not a share"):
        share_words(yes, total)


@given(people, people)
def test_a_percentage_never_stands_on_a_figure_that_is_hidden(yes, no):
    if "%" in share_words(yes, yes + no):
        assert rounded(yes) is not None
        assert rounded(yes + no) >= 30


@given(people, people | st.integers(0, 4))
@example(28, 4)
@example(10, 2290)
def test_everybody_is_said_only_of_everybody_and_nobody_only_of_nobody(yes, no):
    words = share_words(yes, yes + no)
    if words.startswith(("all ", "100%")):
        assert no == 0
    if words.startswith(("none ", "0%")):
        assert yes == 0


def test_a_single_hidden_count_takes_the_next_smallest_with_it():
    assert protect({"a": 3, "b": 40, "c": 22, "d": 60}) == {"a": None, "b": 40, "c": None, "d": 60}


def test_a_table_with_nothing_small_is_only_rounded():
    assert protect({"a": 12, "b": 40}) == {"a": 10, "b": 40}
    assert total_of({"a": 12, "b": 40}) == 50


def test_of_two_equal_counts_the_first_is_hidden_every_time():
    assert protect({"a": 3, "b": 20, "c": 20}) == {"a": None, "b": None, "c": 20}


def test_more_is_hidden_where_rounding_alone_would_give_a_count_away():
    """Of 98 to 102 people, 98 to 102 are in c: so at most 4 are in a and b, if c is given."""
    assert protect({"a": 0, "b": 0, "c": 100}) == {"a": None, "b": None, "c": None}
    assert total_of({"a": 0, "b": 0, "c": 100}) == 100


def test_a_total_that_would_give_a_count_away_is_hidden():
    """18 people in two groups of under 10 are 9 and 9."""
    assert protect({"a": 9, "b": 9}) == {"a": None, "b": None}
    assert total_of({"a": 9, "b": 9}) is None


def test_a_total_that_gives_nothing_away_stays():
    assert protect({"a": 5, "b": 5}) == {"a": None, "b": None}
    assert total_of({"a": 5, "b": 5}) == 10


def test_a_table_of_one_small_count_hides_its_total_too():
    assert protect({"a": 4}) == {"a": None}
    assert total_of({"a": 4}) is None


def test_an_empty_table_is_an_empty_table():
    assert protect({}) == {}
    assert total_of({}) is None


@given(tables | tables_of_few)
def test_what_is_given_out_is_the_rounded_figure_and_nothing_small_is_given(counts):
    protected = protect(counts)

    assert list(protected) == list(counts)
    assert all(figure in (None, rounded(counts[key])) for key, figure in protected.items())
    assert total_of(counts) in (None, rounded(sum(counts.values())))
    assert len([figure for figure in protected.values() if figure is None]) != 1 or len(counts) == 1


@given(tables | tables_of_few)
def test_no_hidden_count_can_be_worked_out_from_the_others_and_the_total(counts):
    """The interval that subtraction gives: exact, since the total is the only thing that ties the counts together."""
    protected, total = protect(counts), total_of(counts)
    hidden = [key for key, figure in protected.items() if figure is None]
    if not hidden or total is None:
        return
    most = total + 2 - sum(max(figure - 2, 10) for figure in protected.values() if figure is not None)
    least = total - 2 - sum(figure + 2 for figure in protected.values() if figure is not None)
    lowest = max(0, least) if len(hidden) == 1 else 0

    assert all(lowest <= counts[key] <= most for key in hidden)
    assert most - lowest >= 5


def figures_it_could_be(counts: dict[int, int]) -> set[int]:
    """What the first small count could be, by trying all that adds up, for whoever knows which counts are the small."""
    protected, total = protect(counts), total_of(counts)
    if total is None:
        return set(range(10))
    shown = [figure for figure in protected.values() if figure is not None]
    hidden = [n for key, n in counts.items() if protected[key] is None]
    small, others = sum(n < 10 for n in hidden), sum(n >= 10 for n in hidden)
    largest = min((figure + 2 for figure in shown), default=total + 2)
    least = max(total - 2, 10) - sum(figure + 2 for figure in shown)
    most = total + 2 - sum(max(figure - 2, 10) for figure in shown)
    tries = product(*[range(10)] * small, *[range(10, largest + 1)] * others)
    return {tried[0] for tried in tries if least <= sum(tried) <= most}


@given(st.lists(st.integers(0, 22), min_size=1, max_size=4).filter(lambda counts: min(counts) < 10))
@example([0, 10])
@example([0, 0, 10, 10])
@example([9, 9, 9])
def test_adding_and_subtracting_tells_no_small_count_more_closely_than_by_five(counts):
    possible = figures_it_could_be(dict(enumerate(counts)))

    assert max(possible) - min(possible) >= 5


def widths_of_small_counts(groups: int, largest: int) -> list[int]:
    """How far apart a small count can lie in all tables that look the same once protected."""
    alike = defaultdict(list)
    for table in product(range(largest + 1), repeat=groups):
        counts = dict(enumerate(table))
        alike[tuple(protect(counts).values()), total_of(counts)].append(table)
    return [
        max(table[at] for table in same) - min(table[at] for table in same)
        for (figures, _), same in alike.items()
        # At the edge the tables that would make it wider were not tried.
        if max(map(max, same)) <= largest - 5
        for at, figure in enumerate(figures)
        if figure is None and any(table[at] < 10 for table in same)
    ]


@pytest.mark.parametrize(("groups", "largest"), [(1, 40), (2, 60), (3, 36)])
def test_a_reader_who_knows_this_rule_cannot_tell_a_small_count_more_closely_than_by_five(groups, largest):
    widths = widths_of_small_counts(groups, largest)

    assert widths
    assert min(widths) >= 5


def test_the_search_above_finds_what_the_plain_rule_gives_away(monkeypatch):
    monkeypatch.setattr(disclosure, "NARROWEST", -100)

    assert min(widths_of_small_counts(3, 36)) < 5

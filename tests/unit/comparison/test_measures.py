"""Points decided within 20 working days: what counts, of what, and when nothing can be said (docs/formulas.md §7)."""

from datetime import date

import pytest

from comparison import measures, words
from comparison.measures import Fact, Period, Share
from comparison.queries import Row
from kit import working_days
from tenants.feedback import rules

# Christmas, Boxing Day and New Year lie between (docs/formulas.md §5).
CAME, DAY_20, DAY_21 = date(2026, 12, 21), date(2027, 1, 21), date(2027, 1, 22)


def share(decided_on: date | None, today: date) -> Share:
    return Share.of([Fact(CAME, DAY_20, decided_on)], today)


def test_the_20_days_are_those_of_the_clock_that_runs_at_every_scheme() -> None:
    """§5: the published promise, over Christmas."""
    assert measures.DAYS == rules.DECIDED_WITHIN
    assert working_days.add(CAME, measures.DAYS) == DAY_20


@pytest.mark.parametrize(
    ("decided_on", "today", "expected"),
    [
        (CAME, CAME, Share(1, 1, 0)),
        (DAY_20, DAY_20, Share(1, 1, 0)),
        (DAY_21, DAY_21, Share(0, 1, 0)),
        # Not decided: on day 20 there is still time, and on the next day there is none.
        (None, DAY_20, Share(0, 0, 1)),
        (None, DAY_21, Share(0, 1, 0, overdue=1)),
        # Decided in time stays in time, however long ago.
        (DAY_20, date(2028, 1, 1), Share(1, 1, 0)),
    ],
)
def test_day_20_is_in_time_and_day_21_is_not(decided_on: date | None, today: date, expected: Share) -> None:
    assert share(decided_on, today) == expected


@pytest.mark.parametrize(
    ("closed_on", "expected"),
    [(CAME, Share(left=1)), (DAY_20, Share(left=1)), (DAY_21, Share(0, 1, 0, overdue=1))],
)
def test_no_clock_runs_on_after_closing(closed_on: date, expected: Share) -> None:
    assert Share.of([Fact(CAME, DAY_20)], date(2028, 1, 1), closed_on) == expected
    assert Share.of([Fact(CAME, DAY_20)], closed_on, closed_on) == expected


def test_a_day_20_before_a_weekend_has_passed_on_the_saturday() -> None:
    friday = working_days.add(date(2026, 11, 6), 20)
    assert friday.weekday() == 4
    facts = [Fact(date(2026, 11, 6), friday)]
    assert [Share.of(facts, friday), Share.of(facts, friday.replace(day=friday.day + 1))] == [
        Share(0, 0, 1), Share(0, 1, 0, overdue=1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("in_time", "counted", "expected"),
    [
        (0, 0, None), (0, 7, 0), (7, 7, 100), (1, 2, 50), (2, 3, 67), (1, 8, 13), (999, 1000, 99), (1, 1000, 1),
        (5, 200, 3),
    ],
)  # fmt: skip
def test_a_percentage_is_a_whole_number_and_100_only_if_all_were_in_time(
    in_time: int, counted: int, expected: int | None
) -> None:
    assert Share(in_time, counted).percentage == expected


def test_a_scheme_without_a_percentage_says_why() -> None:
    assert [words.percentage(one) for one in (Share(), Share(waiting=2), Share(left=2), Share(1, 2))] == [
        "no points", "none due yet", "none was due", "50%",
    ]  # fmt: skip


def test_all_schemes_together_are_the_sum_of_their_points_and_no_mean_of_their_percentages() -> None:
    both = Share.sum([Share(1, 1, 1), Share(0, 9, 0, overdue=4)])
    assert (both, both.percentage) == (Share(1, 10, 1, overdue=4), 10)
    assert words.summary(both) == (
        "All schemes together: 1 of 10 points (10%) decided within 20 working days. 4 points wait though day 20 has "
        "passed. 1 point is not decided and still in time."
    )
    assert words.summary(Share()) == "No scheme had a point in these months."
    assert "nothing was decided" in words.summary(Share(waiting=3))
    assert "2 points were not decided when their scheme closed" in words.summary(Share(1, 1, left=2))


@pytest.mark.parametrize(
    ("today", "firsts"),
    [
        (date(2026, 11, 29), [date(2026, 11, 1), date(2026, 9, 1), date(2025, 12, 1), None]),
        (date(2027, 1, 31), [date(2027, 1, 1), date(2026, 11, 1), date(2026, 2, 1), None]),
        (date(2026, 12, 1), [date(2026, 12, 1), date(2026, 10, 1), date(2026, 1, 1), None]),
    ],
)
def test_a_period_is_whole_months_and_this_one(today: date, firsts: list[date | None]) -> None:
    assert [period.first(today) for period in Period] == firsts
    for period, first in zip(Period, firsts, strict=True):
        assert first is None or period.holds(Fact(first, today), today)
        assert first is None or not period.holds(Fact(date.fromordinal(first.toordinal() - 1), today), today)


def test_a_chart_says_all_its_numbers_and_is_not_drawn_where_it_could_not_be_read() -> None:
    rows = [Row("Ashmere", "", Share(3, 6, 1, overdue=1)), Row("Brackwell", "", Share())]
    said = "Ashmere: 3 within 20 working days, 2 later, 1 not yet though day 20 has passed, 1 still in time."
    assert said in words.chart(rows)
    assert ">Brackwell<" in words.chart(rows)
    assert words.chart(rows[1:]) == ""
    many = [Row(f"Scheme {number}", "", Share()) for number in range(words.MOST_BARS)]
    assert ">Ashmere<" in words.chart([*rows, *many]) and ">Brackwell<" not in words.chart([*rows, *many])
    assert words.chart([Row(f"Scheme {number}", "", Share(1, 1)) for number in range(words.MOST_BARS + 1)]) == ""

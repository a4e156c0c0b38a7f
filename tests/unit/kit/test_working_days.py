"""Working days in England (docs/formulas.md §5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import working_days

# As GOV.UK lists them for England and Wales.
BANK_HOLIDAYS = """
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""

days = st.dates(date(2015, 1, 1), date(2045, 12, 31))
counts = st.integers(0, 300)


def test_received_just_before_christmas_the_twentieth_working_day_is_in_late_january():
    assert working_days.add(date(2026, 12, 21), 20) == date(2027, 1, 21)


def test_four_years_of_weekdays_off_are_the_bank_holidays_of_england():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365 * 4 + 1)]

    off = [str(day) for day in days if day.weekday() < 5 and not working_days.is_working_day(day)]

    assert off == BANK_HOLIDAYS.split()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 5, 1), False),  # a Saturday
        (date(2027, 5, 2), False),  # a Sunday
        (date(2027, 5, 4), True),
        (date(2027, 3, 26), False),  # Good Friday
        (date(2026, 12, 28), False),  # for Boxing Day, a Saturday
        (date(2026, 12, 29), True),
        (date(2027, 12, 24), True),
        (date(2022, 6, 3), False),  # a day given once
        (date(2020, 5, 4), True),  # a May bank holiday that was moved to Friday
        (date(2027, 11, 30), True),  # a bank holiday in Scotland
        (date(2027, 3, 17), True),  # a bank holiday in Northern Ireland
    ],
)
def test_a_day_in_england_is_a_working_day_or_is_not(day, works):
    assert working_days.is_working_day(day) is works


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        (date(2027, 5, 4), 0, date(2027, 5, 4)),
        (date(2027, 5, 4), 1, date(2027, 5, 5)),
        (date(2027, 5, 7), 1, date(2027, 5, 10)),  # Friday to Monday
        (date(2027, 5, 8), 1, date(2027, 5, 10)),  # received on a Saturday
        (date(2027, 4, 30), 1, date(2027, 5, 4)),  # over the May bank holiday
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # over Easter
        (date(2027, 12, 24), 1, date(2027, 12, 29)),  # over Christmas and its substitute days
    ],
)
def test_day_one_is_the_first_working_day_after_receipt(received, n, due):
    assert working_days.add(received, n) == due


@given(days, counts)
def test_counting_the_days_up_to_a_due_day_gives_the_number_it_was_made_from(received, n):
    assert working_days.between(received, working_days.add(received, n)) == n


@given(days, st.integers(1, 300))
def test_a_due_day_is_a_working_day_after_receipt_and_the_earliest_one(received, n):
    due = working_days.add(received, n)

    assert due > received
    assert working_days.is_working_day(due)
    assert working_days.between(received, due - timedelta(days=1)) == n - 1


@given(days, counts, counts)
def test_days_can_be_added_in_two_goes(received, first, then):
    assert working_days.add(working_days.add(received, first), then) == working_days.add(received, first + then)


@given(days, st.integers(0, 400))
def test_nothing_has_passed_before_it_came(received, earlier):
    assert working_days.between(received, received - timedelta(days=earlier)) == 0


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards only"):
        working_days.add(date(2027, 5, 4), -1)

"""England's working days: not Saturdays, Sundays, Christmas Day, Good Friday or bank holidays (docs/formulas.md §5)."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices in England work on this day."""
    return day.weekday() < SATURDAY and day not in _holidays_in(day.year)


def add(day: date, n: int) -> date:
    """The n-th working day after a day of receipt; day 1 is the first working day after it."""
    if n < 0:
        raise ValueError("Working days are counted forwards only.")
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def between(first: date, last: date) -> int:
    """How many working days have passed on `last` since something came on `first`; none if it has not come yet."""
    days = (first + ONE_DAY * n for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)


def latest_before(day: date, n: int) -> date:
    """The latest day from which `n` working days have passed on this day."""
    first = day
    while between(first, day) < n:
        first -= ONE_DAY
    return first


@cache
def _holidays_in(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))

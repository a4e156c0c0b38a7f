"""What is compared: points decided within 20 working days (docs/formulas.md §7), and over which months."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from django.db import models

DAYS = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """The days of one point that counts: when it came, its day 20, and when it was first decided about, if it was."""

    received_on: date
    due_on: date
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many points were decided in time, of how many; and how many still have time. Numbers of points: exact."""

    in_time: int = 0
    counted: int = 0
    """Those decided, and those whose day 20 has passed."""
    waiting: int = 0
    """Not decided, and day 20 has not passed: in neither of the two."""
    overdue: int = 0
    """Of those counted, the ones that are still not decided."""
    left: int = 0
    """Not decided when their scheme closed, and day 20 had not passed then: in neither of the two, and for good."""

    @classmethod
    def of(cls, facts: Iterable[Fact], today: date, closed_on: date | None = None) -> Self:
        """Counted one by one, with no database: what the store is checked against. No clock runs on after closing."""
        until = min(today, closed_on or today)
        in_time = counted = waiting = overdue = left = 0
        for fact in facts:
            if fact.decided_on is None and fact.due_on >= until:
                waiting += closed_on is None
                left += closed_on is not None
                continue
            counted += 1
            in_time += fact.decided_on is not None and fact.decided_on <= fact.due_on
            overdue += fact.decided_on is None
        return cls(in_time, counted, waiting, overdue, left)

    @classmethod
    def sum(cls, shares: "Iterable[Share]") -> Self:
        """Of all schemes together."""
        found = list(shares)
        return cls(*(sum(getattr(one, field.name) for one in found) for field in fields(cls)))

    @property
    def points(self) -> int:
        return self.counted + self.waiting + self.left

    @property
    def late(self) -> int:
        """Those that were decided after day 20."""
        return self.counted - self.in_time - self.overdue

    @property
    def percentage(self) -> int | None:
        """Per cent, a whole number: 100 only if all were in time and 0 only if none was; nothing of nothing."""
        if not self.counted:
            return None
        # Halves go up, in whole numbers: a float would round some of them down.
        rounded = (200 * self.in_time + self.counted) // (2 * self.counted)
        if 0 < self.in_time < self.counted:
            return min(max(rounded, 1), 99)
        return rounded


class Period(models.TextChoices):
    """Of which points: whole months, by the day on which a point came. There are these, and no others."""

    MONTH = "month", "This month"
    QUARTER = "3-months", "This month and the 2 before"
    YEAR = "12-months", "This month and the 11 before"
    ALL = "all", "All months"

    @property
    def months(self) -> int | None:
        return {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}.get(self)

    def first(self, today: date) -> date | None:
        """The first day on which a point of it can have come; none for all months."""
        if self.months is None:
            return None
        month = today.year * 12 + today.month - self.months
        return date(month // 12, month % 12 + 1, 1)

    def holds(self, fact: Fact, today: date) -> bool:
        """Whether a point belongs to it."""
        first = self.first(today)
        return first is None or fact.received_on >= first

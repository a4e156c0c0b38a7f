"""Months as a Partnership Board reads them: in London, and the one that is not over only as far as it has come."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from kit import clock
from kit.dates import short_day

FORM = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """A month as an address says it, such as `2026-11`; nothing for anything else."""
        found = FORM.fullmatch(text)
        try:
            return cls.of(date(int(found[1]), int(found[2]), 1)) if found else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.first:%B %Y}"

    @property
    def code(self) -> str:
        """As an address says it."""
        return f"{self.first:%Y-%m}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Self:
        return type(self)(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> Self:
        return type(self).of(self.first - timedelta(days=1))

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()

    @property
    def until(self) -> date:
        """The last day that is looked at: of this month, today."""
        return min(self.last, clock.today())

    @property
    def words(self) -> str:
        """“October 2026”, or “November 2026, until 28 November 2026” while it is not over."""
        return str(self) if self.is_over else f"{self}, until {short_day(self.until)}"

    @property
    def begins_at(self) -> datetime:
        """Midnight in London, whichever hour that is elsewhere."""
        return datetime.combine(self.first, time(), clock.LONDON)

    @property
    def ends_at(self) -> datetime:
        """Midnight after its last day, in London."""
        return self.next.begins_at

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def months_from(day: date) -> list[Month]:
    """Every month from that of a day until this one, the newest first."""
    month, found = Month.of(clock.today()), []
    while month >= Month.of(day):
        found.append(month)
        month = month.before
    return found

"""What waits for somebody: at most five lines, soonest first after what is about harm, each one thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from kit import clock
from kit.dates import day, moment

MOST = 5


@dataclass(frozen=True)
class Waiting:
    """One thing to do, where to do it and by when."""

    text: str
    href: str
    by: date | None = None
    stands_for: int = 1
    """How many things it stands for, where a line says that there are more."""
    comes_first: bool = False
    """Whether somebody may be hurt: it stands before all else, however long that has waited."""
    since: datetime | None = None
    """Since when it waits, where nothing else tells it from others."""
    each: tuple["Waiting", ...] = ()
    """What it stands for, line by line, for the page that lists all of it."""

    @property
    def when(self) -> str:
        """By when, in words, or since when; a day that has passed is said without blame."""
        if self.by is None:
            return _("Waiting since %(moment)s") % {"moment": moment(self.since)} if self.since else ""
        today = clock.today()
        if self.by < today:
            return _("The day for this was %(day)s") % {"day": day(self.by)}
        return _("By today") if self.by == today else _("By %(day)s") % {"day": day(self.by)}


@dataclass(frozen=True)
class Changed:
    """Something that changed lately, for the page on which nothing waits."""

    text: str
    href: str
    on: date | None = None


def how_many(lines: Iterable[Waiting]) -> int:
    """How many things there are to do, also those that have no line of their own."""
    return sum(line.stands_for for line in lines)


def apart(lines: Iterable[Waiting]) -> list[Waiting]:
    """The same, with a line of its own for each thing that stands together with others."""
    return [one for line in lines for one in line.each or (line,)]


def in_order(lines: Iterable[Waiting]) -> list[Waiting]:
    """What is about harm, then the soonest; what has no day comes last."""
    return sorted(lines, key=lambda line: (not line.comes_first, line.by is None, line.by or date.min))


def soonest(lines: Iterable[Waiting]) -> list[Waiting]:
    """The five that come first."""
    return in_order(lines)[:MOST]

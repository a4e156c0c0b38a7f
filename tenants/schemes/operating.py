"""What operators are to do by hand: apps above register functions that say so, for the operators' page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing, with the command that does it; ids alone, no names."""

    text: str
    since: datetime
    command: str


Finder = Callable[[], Iterable[ToDo]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Add a function that names what is to be done."""
    _finders.append(finder)
    return finder


def to_do() -> list[ToDo]:
    """All of it, the oldest first."""
    return sorted((one for finder in _finders for one in finder()), key=lambda one: one.since)

"""Days and times in expressions: `2026-11-30` and `14:05`, and the numbers that they are."""

import re
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_BEFORE_1970 = date(1970, 1, 1).toordinal()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PART = re.compile("%([Yymnbdea])")


def count_until(words: str) -> int | None:
    """The days from 1 January 1970 until a day, or None where the words are no day, such as 2026-02-30."""
    found = _read(words)
    return found.toordinal() - _BEFORE_1970 if found else None


def part_of(words: str) -> float | None:
    """Which part of a day a time is: 0.5 at noon; None where the words are no time."""
    found = _TIME.fullmatch(words)
    return (int(found[1]) * 60 + int(found[2])) / (24 * 60) if found else None


def after(count: int) -> str:
    """The day so many days after 1 January 1970, or nothing where no calendar has it."""
    ordinal = count + _BEFORE_1970
    return date.fromordinal(ordinal).isoformat() if 0 < ordinal <= date.max.toordinal() else ""


def written(words: str, pattern: str) -> str:
    """A day in another form, of the parts that ODK names: `%e %b %Y` gives `30 Nov 2026`."""
    day = _read(words)
    if not day:
        return ""
    parts = {
        "Y": words[:4],
        "y": words[2:4],
        "m": words[5:7],
        "n": str(day.month),
        "b": _MONTHS[day.month - 1],
        "d": words[8:],
        "e": str(day.day),
        "a": _WEEKDAYS[day.weekday()],
    }
    return _PART.sub(lambda found: parts[found[1]], pattern)


def _read(words: str) -> date | None:
    if not _DAY.fullmatch(words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None

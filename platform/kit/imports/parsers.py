"""From the words in a cell to a value; a cell that cannot be read says what would do."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

LARGEST_NUMBER = 2_147_483_647
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
# Not from the calendar module, whose months are in the language of the machine.
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

Value = TypeVar("Value")


class BadCell(ValueError):
    """A cell that cannot be read: what it is not, and how to write it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def text(cell: str) -> str:
    """Words, as they stand. What looks like a formula is words as well."""
    return cell


def whole_number(cell: str) -> int:
    """A whole number from nought."""
    if re.fullmatch("[0-9]{1,10}", cell) and int(cell) <= LARGEST_NUMBER:
        return int(cell)
    raise BadCell(f"{quoted(cell)} is not a whole number.", "Write digits only, such as 12.")


def day(cell: str) -> date:
    """A date written 2027-03-27, 27/03/2027 or 27 March 2027."""
    for pattern, order in _DATES:
        if found := re.fullmatch(pattern, cell, re.IGNORECASE):
            year, month, number = (found[part] for part in order)
            try:
                return _date(int(year), _month(month), int(number))
            except ValueError:
                break
    raise BadCell(f"{quoted(cell)} is not a date.", "Write the date as 27/03/2027.")


def yes_no(cell: str) -> bool:
    """Yes or no."""
    answer = _ANSWERS.get(cell.casefold())
    if answer is None:
        raise BadCell(f"{quoted(cell)} is neither yes nor no.", "Write yes or no.")
    return answer


def one_of(choices: Mapping[str, Value]) -> Callable[[str], Value]:
    """One of a few words, upper and lower case alike."""
    known = {word.casefold(): value for word, value in choices.items()}

    def chosen(cell: str) -> Value:
        if cell.casefold() in known:
            return known[cell.casefold()]
        raise BadCell(f"We do not know {quoted(cell)}.", f"Write one of these: {', '.join(choices)}.")

    return chosen


_YEAR_FIRST, _DAY_FIRST = (1, 2, 3), (3, 2, 1)
_DATES = (
    (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", _YEAR_FIRST),
    (r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", _DAY_FIRST),
    (r"([0-9]{1,2})\s+([a-z]{3,9})\s+([0-9]{4})", _DAY_FIRST),
)
_ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    name = word.casefold()
    return next((at for at, month in enumerate(MONTHS, 1) if name in (month, month[:3])), 0)


def _date(year: int, month: int, number: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    return date(year, month, number)


def quoted(cell: str) -> str:
    """A cell as a problem repeats it: on one line and not too long."""
    line = " ".join(cell[:200].split())
    return f"“{line}”" if len(line) <= 40 else f"“{line[:40]}…”"

"""What the functions find that ODK adds to XPath 1.0, or that XPath 1.0 means otherwise than `elementpath` has them.

Each takes values and gives one (docs/adr/0070 has all of them in one table). Whatever else is in that table is
`elementpath`'s own: `questions.expressions.grammar` puts both together.
"""

import math
import re
from collections.abc import Callable

from questions.expressions import days
from questions.expressions.values import Value, number, numbers, text, texts, truth

LONGEST_TEXT = 100_000  # characters of a text that is put together
_WHOLE = 2.0**53  # from here on, no number has anything behind its point


def choose(condition: Value, then: Value, otherwise: Value) -> Value:
    """One value or another."""
    return then if truth(condition) else otherwise


def coalesce(first: Value, second: Value) -> str:
    """The first text that is not empty."""
    return text(first) or text(second)


def concat(*values: Value) -> str:
    """All texts, one after the other."""
    return _joined("", values)


def join(between: Value, *values: Value) -> str:
    """All texts, with something between them."""
    return _joined(text(between), values)


def ends_with(words: Value, part: Value) -> bool:
    """Whether a text ends so."""
    return text(words).endswith(text(part))


def substr(words: Value, first: Value, behind: Value | None = None) -> str:
    """The characters from one place, counted from 0, up to another; a place below 0 counts from the end."""
    whole = text(words)
    start = _place(number(first), whole)
    return whole[start:] if behind is None else whole[start : _place(number(behind), whole)]


def string_length(words: Value) -> float:
    """How many characters a text has."""
    return float(len(text(words)))


def normalize_space(words: Value) -> str:
    """One space for each stretch of white space, and none at the ends."""
    return " ".join(_choices(words))


def translate(words: Value, letters: Value, others: Value) -> str:
    """Each letter that stands among `letters`, as the one at that place of `others`; without one, it goes."""
    by_letter: dict[int, str] = {}
    instead = text(others)
    for place, letter in enumerate(text(letters)):
        by_letter.setdefault(ord(letter), instead[place : place + 1])
    return text(words).translate(by_letter)


def selected(chosen: Value, choice: Value) -> bool:
    """Whether a choice is among those of an answer."""
    return text(choice) in _choices(chosen)


def selected_at(chosen: Value, place: Value) -> str:
    """The choice at a place, counted from 0, or nothing."""
    choices, at = _choices(chosen), number(place)
    return choices[int(at)] if -1 < at < len(choices) else ""


def count_selected(chosen: Value) -> float:
    """How many choices an answer has."""
    return float(len(_choices(chosen)))


def whole(value: Value) -> float:
    """A number without what stands behind its point."""
    return _rounded(math.trunc, number(value))


def floor(value: Value) -> float:
    """The whole number at or below."""
    return _rounded(math.floor, number(value))


def ceiling(value: Value) -> float:
    """The whole number at or above."""
    return _rounded(math.ceil, number(value))


def round_(value: Value, places: Value = 0.0) -> float:
    """The nearest number with so many places behind its point; of two as near, the higher one."""
    start, digits = number(value), whole(places)
    if math.isnan(digits):
        return math.nan
    step = power(10.0, min(abs(digits), 308.0))
    moved = start / step if digits < 0 else start * step
    if not abs(moved) < _WHOLE:
        return start
    found = _rounded(_nearest, moved)
    return found * step if digits < 0 else found / step


def absolute(value: Value) -> float:
    """A number without its sign."""
    return abs(number(value))


def power(value: Value, exponent: Value) -> float:
    """XPath 3.0's `math:pow`, by products and square roots: those come to the same last digit on every machine."""
    base, times = number(value), number(exponent)
    if times == 0 or base == 1:
        return 1.0
    if math.isnan(base) or math.isnan(times):
        return math.nan
    size = abs(base)
    if math.isinf(times):
        return 1.0 if size == 1 else math.inf if (size > 1) == (times > 0) else 0.0
    part, steps = math.modf(abs(times))
    if part and base < 0 and not math.isinf(base):
        return math.nan
    found = _product(size if part else base, int(steps)) * _roots(size, part)
    return divide(1.0, found) if times < 0 else found


def total(value: Value) -> float:
    """The sum; not the built-in one, which corrects itself in some versions of Python."""
    found = 0.0
    for one in numbers(value):
        found += one
    return found


def least(*values: Value) -> float:
    """The lowest number; NaN where there is none, or where one is none."""
    return _best(min, values)


def greatest(*values: Value) -> float:
    """The highest number; NaN where there is none, or where one is none."""
    return _best(max, values)


def count(value: Value) -> float:
    """How many texts a value has: one, unless it is a repeat's."""
    return float(len(texts(value)))


def count_non_empty(value: Value) -> float:
    """How many texts of a value are not empty."""
    return float(sum(map(bool, texts(value))))


def day(value: Value) -> str:
    """The text of a day, of such a text or of a number of days; empty for all else."""
    if isinstance(value, float):
        return days.after(math.floor(value)) if math.isfinite(value) else ""
    return text(value) if days.count_until(text(value)) is not None else ""


def decimal_date_time(value: Value) -> float:
    """The number that a day is."""
    if isinstance(value, float):
        return value
    found = days.count_until(text(value))
    return math.nan if found is None else float(found)


def decimal_time(value: Value) -> float:
    """The part of a day that a time is."""
    found = days.part_of(text(value))
    return math.nan if found is None else found


def format_date(value: Value, pattern: Value) -> str:
    """A day in another form, or nothing."""
    return days.written(day(value), text(pattern))


def divide(left: float, right: float) -> float:
    """As IEEE 754 has it: what is divided by nothing has no end."""
    if right:
        return left / right
    return left * math.copysign(math.inf, right)


def remainder(left: float, right: float) -> float:
    """What is left over, with the sign of the first."""
    return math.fmod(left, right) if right and not math.isinf(left) else math.nan


# As ODK writes them, how few and how many values each takes (None: any number), and what it finds.
FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Value]]] = {
    "if": (3, 3, choose),
    "coalesce": (2, 2, coalesce),
    "concat": (1, None, concat),
    "join": (2, None, join),
    "ends-with": (2, 2, ends_with),
    "substr": (2, 3, substr),
    "string-length": (1, 1, string_length),
    "normalize-space": (1, 1, normalize_space),
    "translate": (3, 3, translate),
    "selected": (2, 2, selected),
    "selected-at": (2, 2, selected_at),
    "count-selected": (1, 1, count_selected),
    "int": (1, 1, whole),
    "floor": (1, 1, floor),
    "ceiling": (1, 1, ceiling),
    "round": (1, 2, round_),
    "abs": (1, 1, absolute),
    "pow": (2, 2, power),
    "sum": (1, 1, total),
    "min": (1, None, least),
    "max": (1, None, greatest),
    "count": (1, 1, count),
    "count-non-empty": (1, 1, count_non_empty),
    "date": (1, 1, day),
    "decimal-date-time": (1, 1, decimal_date_time),
    "decimal-time": (1, 1, decimal_time),
    "format-date": (2, 2, format_date),
}


def _joined(between: str, values: tuple[Value, ...]) -> str:
    made: list[str] = []
    length = 0
    for part in (one for value in values for one in texts(value)):
        made += [between, part] if made else [part]
        length += len(between) + len(part)
        if length > 2 * LONGEST_TEXT:
            break
    return "".join(made)[:LONGEST_TEXT]


def _choices(value: Value) -> list[str]:
    return [part for part in re.split(r"[ \t\r\n]+", text(value)) if part]


def _place(place: float, words: str) -> int:
    """A place in a text as a whole number that slices know: NaN is the first, and none is beyond its ends."""
    return 0 if math.isnan(place) else int(max(-len(words), min(place, len(words))))


def _rounded(how: Callable[[float], float], value: float) -> float:
    """A whole number by one of several ways, with the sign that was there: -0.2 becomes -0."""
    return math.copysign(how(value), value) if math.isfinite(value) else value


def _nearest(value: float) -> float:
    below = math.floor(value)
    return below + 1 if value - below >= 0.5 else below


def _product(factor: float, times: int) -> float:
    found = 1.0
    while times:
        if times % 2:
            found *= factor
        factor *= factor
        times //= 2
    return found


def _roots(size: float, part: float) -> float:
    found, root = 1.0, size
    while part:
        root = math.sqrt(root)
        part *= 2
        if part >= 1:
            found *= root
            part -= 1
    return found


def _best(pick: Callable[[list[float]], float], values: tuple[Value, ...]) -> float:
    found = [one for value in values for one in numbers(value)]
    return pick(found) if found and not any(map(math.isnan, found)) else math.nan

"""The values of expressions, and how one kind is read as another (XPath 1.0, 3.4 and 4; docs/adr/0070).

A value is text, a number, true or false, or the texts of a repeat in their order. The browser has the same in
`static/questions/expressions.js`.
"""

import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal

from questions.expressions import days

Value = str | float | bool | list[str]
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def text(value: Value) -> str:
    """As `string()` reads it: of several texts, the first."""
    if isinstance(value, list):
        return value[0] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else _written(value)


def number(value: Value) -> float:
    """As `number()` reads it; a day is the days since 1 January 1970, and a time a part of a day."""
    if isinstance(value, int | float):
        return float(value)
    words = text(value)
    if found := _NUMBER.fullmatch(words):
        return float(found[1])
    for read in (days.count_until, days.part_of):
        if (known := read(words)) is not None:
            return float(known)
    return math.nan


def truth(value: Value) -> bool:
    """As `boolean()` reads it."""
    return bool(value) and value == value


def texts(value: Value) -> list[str]:
    """All texts of a value: one, unless it is a repeat's."""
    return value if isinstance(value, list) else [text(value)]


def numbers(value: Value) -> list[float]:
    """All texts of a value, as numbers."""
    return [number(one) for one in value] if isinstance(value, list) else [number(value)]


def compare(sign: str, left: Value, right: Value) -> bool:
    """Compare two values; of a list, one text will do. No pair is looked at twice, however long two lists are."""
    asks_for_order = sign in _ORDER
    if _some(bool, left, right) and (not asks_for_order or _some(list, left, right)):
        left, right = float(truth(left)), float(truth(right))
    if asks_for_order:
        return _in_order(sign, numbers(left), numbers(right))
    if _some(float, left, right):
        wants_same = sign == "="
        return any((one == other) == wants_same for one in numbers(left) for other in numbers(right))
    return _same_text(sign, set(texts(left)), set(texts(right)))


def _some(kind: type, left: Value, right: Value) -> bool:
    return isinstance(left, kind) or isinstance(right, kind)


def _in_order(sign: str, lefts: list[float], rights: list[float]) -> bool:
    lefts, rights = ([one for one in some if not math.isnan(one)] for some in (lefts, rights))
    if not lefts or not rights:
        return False
    ends = (min(lefts), max(rights)) if sign in ("<", "<=") else (max(lefts), min(rights))
    return _ORDER[sign](*ends)


def _same_text(sign: str, lefts: set[str], rights: set[str]) -> bool:
    if sign == "=":
        return not lefts.isdisjoint(rights)
    return bool(lefts and rights) and (len(lefts) > 1 or lefts != rights)


def _written(value: float) -> str:
    """XPath writes numbers without an exponent, and whole ones with all their digits."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else f"{Decimal(repr(float(value))):f}"

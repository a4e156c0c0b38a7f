"""Counts of people as they may leave a scheme's own staff pages (docs/formulas.md §3, docs/adr/0012).

That somebody is in contact with Liaison and Diversion is itself sensitive, so one rule holds for every count of people:
below 10 it is hidden, zero included; from 10 it is given to the nearest 5. Counts of things are exact and do not
come here.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

SMALLEST_SHOWN = 10
STEP = 5
SPREAD = STEP // 2
NARROWEST = 5
SMALLEST_FOR_A_PERCENTAGE = 30

Key = TypeVar("Key", bound=Hashable)


def rounded(n: int) -> int | None:
    """A count of people to the nearest 5, or None where it is too small to give."""
    return None if n < SMALLEST_SHOWN else _nearest_step(n)


def nhs_digital(n: int) -> int | None:
    """The other rule: 1 to 7 hidden, zero given, else the nearest 5.

    Offered by name for counts of service use in a national return (docs/formulas.md §3); no page uses it.
    """
    return None if 1 <= n <= 7 else _nearest_step(n)


def protect(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """One table of counts of people that may stand beside `total_of` the same counts.

    A single hidden count could be had from the total less the rest, so the next smallest is hidden with it, and more
    where rounding would still give one away. Where two are equal the one that stands first goes: keep the order.
    """
    hidden, _total = _hide(counts)
    return {key: None if key in hidden else rounded(n) for key, n in counts.items()}


def total_of(counts: Mapping[Key, int]) -> int | None:
    """The total that may stand under `protect` of the same counts, or None where it would give a hidden one away."""
    _hidden, total = _hide(counts)
    return total


def people_words(n: int | None) -> str:
    """How many people, in running text; None is a number that nobody wrote down."""
    shown = None if n is None else rounded(n)
    return _("a few people") if shown is None else _("about %(count)s people") % {"count": shown}


def share_words(yes: int, total: int) -> str:
    """What share of the people who answered said yes, in words or as a percentage from the rounded figures.

    All of them, or 100%, only if nobody said anything else; none, or 0%, only if nobody said yes.
    """
    if not 0 <= yes <= total:
        raise ValueError(f"{yes} of {total} people is not a share.")
    percentage = _percentage(yes, total)
    if percentage is None:
        return _proportion(yes, total)
    return _("%(share)s%% of %(people)s") % {"share": percentage, "people": people_words(total)}


def _nearest_step(n: int) -> int:
    # Whole numbers are never half-way between two fives, so no rule for ties is needed.
    return (n + SPREAD) // STEP * STEP


def _percentage(yes: int, total: int) -> int | None:
    over, part = rounded(total), rounded(yes)
    if over is None or over < SMALLEST_FOR_A_PERCENTAGE or part is None:
        return None
    percentage = round(100 * part / over)
    # Two figures can round to the same one: “100%” would then deny those who said no, and “0%” those who said yes.
    is_everybody, is_nobody = percentage == 100 and yes < total, percentage == 0
    return None if is_everybody or is_nobody else percentage


def _proportion(yes: int, total: int) -> str:
    if not yes:
        return _("none of the people")
    if yes == total:
        return _("all of the people")
    return _("most of the people") if 2 * yes > total else _("some of the people")


def _hide(counts: Mapping[Key, int]) -> tuple[set[Key], int | None]:
    """Which counts of a table to hide, and its total if that can be given."""
    smallest_first = sorted(counts, key=lambda key: counts[key])
    small = sum(n < SMALLEST_SHOWN for n in counts.values())
    total = rounded(sum(counts.values()))
    if not small:
        return set(), total
    for cut in range(max(small, 2), len(smallest_first) + 1):
        shown = [_nearest_step(counts[key]) for key in smallest_first[cut:]]
        if total is None or _width(small, cut - small, shown, total) >= NARROWEST:
            return set(smallest_first[:cut]), total
    return set(smallest_first), None


def _width(small: int, others: int, shown: list[int], total: int) -> int:
    """How closely one of the small counts is known by adding and subtracting to somebody who knows which are the small.

    `others` were hidden with them and are between 10 and the least of those shown. All follows from what is published:
    a figure stands for five whole numbers, or for 10 to 12 if it is 10.
    """
    least = total - SPREAD - sum(figure + SPREAD for figure in shown)
    most = total + SPREAD - sum(max(figure - SPREAD, SMALLEST_SHOWN) for figure in shown)
    largest_small = SMALLEST_SHOWN - 1
    largest_other = min((figure + SPREAD for figure in shown), default=total + SPREAD)
    highest = min(largest_small, most - others * SMALLEST_SHOWN)
    lowest = max(0, least - others * largest_other - (small - 1) * largest_small)
    return highest - lowest

"""Whom a team tells in person on the day, and the number that is rung: for the app, for pages, and on paper."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from uuid import UUID

from groups.models import Agreement
from groups.queries import agreements_of_each, leads_of_each
from peer_monitoring.models import Visit

ON_THE_DAY = "To ring on the day"
# Of a role that has no number here: how somebody is found who is at the place.
FOUND_BY_ASKING = "ask any member of staff for them"
# As much of a name as stands with its number.
MOST_OF_A_NAME = 80
FEWEST_DIGITS, MOST_DIGITS = 10, 13
_ADDRESS = re.compile(r"\S+@\S+")
_TIME = re.compile(r"(?<![\d.])\d{1,2}[.:]\d\d(?![\d.]*\d)")
_COUNTRY = r"((?:\+|(?<!\d)00[\s.-]*)[1-9]\d{0,2}[\s.-]*)"
_ZERO_WITHIN = re.compile(_COUNTRY + r"\(0\)")
_AREA_WITHIN = re.compile(_COUNTRY + r"\((\d+)\)")
_OPENS = re.compile(r"\s\(")
_DIGITS_TOGETHER = re.compile(r"[+\d][\d\s()/.+-]*")


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody to go to or to ring: `way` as it was written, `number` as a telephone dials it, where it is clear."""

    who: str
    way: str = ""
    number: str = ""


def whom_to_tell(visit: Visit, by: UUID) -> list[Reached]:
    """Whom somebody of the team of one visit tells, who is not told to tell themselves."""
    leads, agreements = leads_of_each([visit.group], but=by), agreements_of_each([visit.group])
    agreement = agreements.get((visit.group_id, visit.scheme_id))
    return told_in_person(visit, leads[visit.group_id], agreement, to_ring=rung_by(visit, by))


def rung_by(visit: Visit, person_id: UUID) -> str:
    """Whom somebody rings on the day; nobody rings themselves."""
    return "" if visit.to_ring_of_id == person_id else visit.to_ring


def told_in_person(visit: Visit, leads: Sequence[str], agreement: Agreement | None, *, to_ring: str) -> list[Reached]:
    """Everybody once: a lead whose number is to be rung stands with it alone.

    Nobody at the scheme may learn of a visit that is held back by being rung up.
    """
    found = [*on_the_day(to_ring), *(Reached(one) for one in _not_rung(leads, to_ring))]
    if agreement is not None and agreement.contact_role and not visit.is_held_back:
        found.append(_contact(agreement))
    return found


def _not_rung(leads: Sequence[str], to_ring: str) -> list[str]:
    """The names of these leads, but for the one with whose name a number stands; another may be called the same."""
    rung, left = to_ring.rpartition(",")[0].strip(), list(leads)
    if (one := next((name for name in leads if name[:MOST_OF_A_NAME] == rung), None)) is not None:
        left.remove(one)
    return left


def _contact(agreement: Agreement) -> Reached:
    """Whom the group turns to at the scheme, by a number or by asking for them."""
    found = _reached(agreement.contact_role, agreement.contact_way)
    return found if found.way else Reached(found.who, FOUND_BY_ASKING)


def on_the_day(to_ring: str) -> list[Reached]:
    """Whom the team rings, if the lead gave a number."""
    return [_reached(ON_THE_DAY, to_ring)] if to_ring else []


def number_in(words: str) -> str:
    """The telephone number in some words. Nothing where there may be two, or none: a wrong one would be rung."""
    plain = _OPENS.sub(",", _without_brackets(_TIME.sub(",", _ADDRESS.sub(",", words))))
    found = {number for run in _DIGITS_TOGETHER.findall(plain) for number in _readings(run)}
    return found.pop() if len(found) == 1 else ""


def written_in(words: str) -> str:
    """The same as it was written, where it stands at the end."""
    last = words.rpartition(",")[2].strip()
    return last if number_in(last) and number_in(last) == number_in(words) else ""


def is_a_number(typed: str) -> bool:
    """Whether this is a telephone number and nothing else."""
    return bool(number_in(typed)) and _dialled(re.sub(r"[\s().-]", "", _without_brackets(typed))) == number_in(typed)


def _without_brackets(words: str) -> str:
    """What stands in brackets after the code of a country belongs to the number, but for a lone zero."""
    return _AREA_WITHIN.sub(r"\1\2 ", _ZERO_WITHIN.sub(r"\1", words))


def _readings(run: str) -> set[str]:
    """Every number that digits which stand together may mean; what was broken up or goes on longer is not clear."""
    found = {number for part in re.split(r"[/(]", run) for number in _numbers(_groups(part))}
    whole = _dialled("".join(dropwhile(lambda group: group[0] not in "0+", _groups(run))))
    return found | {whole} if found else found


def _groups(run: str) -> list[str]:
    return re.findall(r"\+?\d+", run)


def _numbers(groups: Sequence[str]) -> Iterator[str]:
    """Every way to read one from groups of digits that stand beside each other."""
    for first, group in enumerate(groups):
        if group[0] in "0+":
            for last in range(first, len(groups)):
                number = _dialled("".join(groups[first : last + 1]))
                if FEWEST_DIGITS <= len(number.lstrip("+")) <= MOST_DIGITS and "+" not in number[1:]:
                    yield number


def _dialled(number: str) -> str:
    """Two zeros before the code of a country are its plus."""
    return re.sub(r"^00(?=[1-9])", "+", number)


def _reached(who: str, way: str) -> Reached:
    """An e-mail address reaches nobody without signal: it is told only beside a number."""
    is_rung = any(letter.isdigit() for letter in _ADDRESS.sub("", way))
    return Reached(who, way if is_rung else "", number_in(way))

"""Whom a team tells in person on the day, and the number that is rung: for the app, for pages, and on paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from groups.models import Agreement
from groups.queries import agreements_of_each, leads_of_each
from peer_monitoring.models import Visit

FEWEST_DIGITS = 5
ON_THE_DAY = "To ring on the day"
_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{3,}\d")


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody to go to or to ring: `way` as it was written, `number` as a telephone dials it."""

    who: str
    way: str = ""
    number: str = ""


def whom_to_tell(visit: Visit) -> list[Reached]:
    """Whom the team of one visit tells."""
    leads, agreements = leads_of_each([visit.group]), agreements_of_each([visit.group])
    agreement = agreements.get((visit.group_id, visit.scheme_id))
    return told_in_person(visit, leads[visit.group_id], agreement, to_ring=visit.to_ring)


def told_in_person(visit: Visit, leads: Sequence[str], agreement: Agreement | None, *, to_ring: str) -> list[Reached]:
    """Nobody at the scheme may learn of a visit that is held back by being rung up."""
    found = [*on_the_day(to_ring), *map(Reached, leads)]
    if agreement is not None and agreement.contact_role and not visit.is_held_back:
        number = number_in(agreement.contact_way)
        found.append(Reached(agreement.contact_role, agreement.contact_way if number else "", number))
    return found


def on_the_day(to_ring: str) -> list[Reached]:
    """Whom the team rings, if the lead gave a number."""
    return [Reached(ON_THE_DAY, to_ring, number_in(to_ring))] if to_ring else []


def number_in(words: str) -> str:
    """The telephone number in some words, or nothing: an e-mail address reaches nobody without signal."""
    found = None if "@" in words else _NUMBER.search(words)
    if found is None:
        return ""
    number = re.sub(r"[^\d+]", "", found[0].replace("(0)", "") if found[0].startswith("+") else found[0])
    return number if len(number) >= FEWEST_DIGITS else ""

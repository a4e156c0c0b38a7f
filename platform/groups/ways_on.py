"""Links that rooms above put on a group's page, such as its visits, for the members they are for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from groups.models import Group, GroupMembership


@dataclass(frozen=True, slots=True)
class Way:
    """One way on, with what it leads to."""

    text: str
    href: str
    hint: str = ""


Maker = Callable[[Group, GroupMembership], Sequence[Way]]
_makers: list[Maker] = []


def register(maker: Maker) -> Maker:
    """Add a function that gives the ways on for somebody with a seat in a group."""
    _makers.append(maker)
    return maker


def ways_on(group: Group, seat: GroupMembership | None) -> list[Way]:
    """Everything that is offered to whoever has this seat."""
    return [way for maker in _makers for way in maker(group, seat)] if seat else []

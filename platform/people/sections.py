"""Lists of links that apps above put on “My Alongside”, such as my groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Link:
    """One way on."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its links, and what to say when there are none."""

    title: str
    links: Sequence[Link]
    empty: str = ""


_makers: list[Callable[[UUID], Section | None]] = []


def register(maker: Callable[[UUID], Section | None]) -> Callable[[UUID], Section | None]:
    """Add a function that makes a section for a person, or none."""
    _makers.append(maker)
    return maker


def sections(person_id: UUID) -> list[Section]:
    """The sections of one person's page."""
    return [section for maker in _makers if (section := maker(person_id))]

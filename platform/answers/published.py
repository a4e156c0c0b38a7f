"""An answer as a scheme hands it over: what its own public page shows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

A_FEW = 0
"""How many people said it, where that number is too small to give (docs/formulas.md §3)."""


class Elsewhere(NamedTuple):
    """An answer of some scheme: ids, since nothing in public points into a scheme's own tables (data rule 1)."""

    scheme_id: UUID
    point_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One answer that the public may read now. It has no field for what was said in private, nor for anybody's id."""

    said: str
    """The words for the public, approved by staff; never a quotation."""
    decision: str
    answer: str
    reason: str
    who: str
    due: date | None
    review_on: date | None
    theme_code: str
    theme: str
    theme_is_core: bool
    """Whether every scheme has it: only by such a theme answers of several schemes can be chosen (S93)."""
    groups: Sequence[str]
    """The codes of the groups that every scheme has."""
    group_labels: Sequence[str]
    """All the groups it came from: none is lost (S78 to S80)."""
    site_kind: str
    people: int | None
    """Rounded by the rule of disclosure, `A_FEW` where it is hidden, None where nobody wrote it down."""
    said_on: date | None
    line: Sequence[tuple[bool, str]]
    """The stops of the line: whether it was reached, and on which day, such as "2027-05-04"."""
    says: str
    """What those who said it answered, in words."""
    waits_again: bool
    helps: Sequence[str]
    example_note: str
    answered_at: datetime
    same: Elsewhere | None
    """The answer of another scheme that was followed here."""

"""What a browser keeps of a file that staff bring in: the rows that were understood, until somebody says "add these".

The file itself is not kept. The rows stand encrypted in a row of their own for half an hour at most
(`kit.short_lived`), and go when they are added. Of the slips only what their codes are made of stands there, for as
long as they are shown.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest

from kit import short_lived
from kit.imports import Table
from tenants.feedback.errors import TooMuch
from tenants.feedback.importing import Place, Report, as_csv, code_for
from tenants.feedback.slips import SHOWN_FOR

LOOKED_AT, ADDED = "feedback.import", "feedback.imported"
KEPT_FOR = timedelta(minutes=30)
MOST_LETTERS = 400_000
SPLIT = "This is more than we can hold at once: some 500 findings. Split it into smaller files."


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was understood of a file."""

    rows: bytes
    notes: list[str]
    send: UUID


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it, with the slips to hand over."""

    many: int
    slips: list[tuple[Place, str]]


def keep(request: HttpRequest, table: Table) -> None:
    """Keep what was understood, instead of what was looked at before."""
    rows = as_csv(table.rows)
    if len(rows) > MOST_LETTERS:
        raise TooMuch(SPLIT, field="file")
    short_lived.keep(request, LOOKED_AT, {"rows": rows, "notes": table.notes, "send": uuid4()}, lasts=KEPT_FOR)


def looked_at(request: HttpRequest) -> LookedAt | None:
    """What was understood last, if it is not too long ago."""
    found = short_lived.kept(request, LOOKED_AT)
    return LookedAt(found["rows"].encode(), found["notes"], UUID(found["send"])) if found else None


def end(request: HttpRequest, looked_at: LookedAt, report: Report) -> None:
    """Forget the rows; pressed twice, the slips of the first time stay."""
    short_lived.forget(request, LOOKED_AT)
    if report.is_new:
        added = {"many": report.added.total(), "places": list(report.slips), "send": looked_at.send}
        short_lived.keep(request, ADDED, added, lasts=SHOWN_FOR)


def added(request: HttpRequest) -> Added | None:
    """What was added last, with the codes of its slips made again."""
    found = short_lived.kept(request, ADDED)
    if found is None:
        return None
    places = [(organisation, group) for organisation, group in found["places"]]
    return Added(found["many"], [(place, code_for(UUID(found["send"]), place)) for place in places])


def forget(request: HttpRequest) -> None:
    """The codes have been written down, or the rows are not wanted."""
    short_lived.forget(request, LOOKED_AT)
    short_lived.forget(request, ADDED)

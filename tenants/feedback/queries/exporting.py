"""The register as a list of cells, for a file that staff save."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from kit.exports import Cell
from tenants.feedback.models import Point, Round
from tenants.feedback.queries.clocks import running_clock
from tenants.feedback.queries.register import Chosen, latest_rounds, owner_words

# Rows that are read at a time.
AT_ONCE = 1000
HEAD = (
    "Reference", "Received", "Said on", "How it was said", "How many people", "About", "Where", "Groups", "Where it is",
    "Decision", "Answer", "Why", "Who sees to it", "Next day", "Words for the website",
)  # fmt: skip
SAID = "What was said"


def head(*, with_words: bool) -> tuple[str, ...]:
    """The names of the columns; what was said in private is one only where it was asked for."""
    return (*HEAD, SAID) if with_words else HEAD


def cells(chosen: Chosen, *, sites: Mapping[UUID, str], with_words: bool) -> Iterator[tuple[Cell, ...]]:
    """A row of cells for each point that was chosen, read some at a time."""
    points = chosen.points().with_what_answers().by_clock().select_related("theme")
    points = points.prefetch_related("groups", *latest_rounds())
    for point in points.iterator(chunk_size=AT_ONCE):
        row = _row(point, next(iter(point.carrier.rounds.all()), None), sites)
        yield (*row, point.said) if with_words else row


def _row(point: Point, round_: Round | None, sites: Mapping[UUID, str]) -> tuple[Cell, ...]:
    clock = running_clock(point, round_)
    return (
        str(point.pk),
        point.received_on.isoformat(),
        point.said_on.isoformat() if point.said_on else "",
        point.get_method_display(),
        "" if point.how_many is None else point.how_many,
        str(point.theme or ""),
        sites.get(point.site_id, "") if point.site_id else "",
        "; ".join(group.label for group in point.groups.all()),
        "Closed" if point.is_erased else point.get_stage_display(),
        round_.get_decision_display() if round_ else "",
        round_.answer if round_ else "",
        round_.reason if round_ else "",
        owner_words(point, round_),
        clock.due.isoformat() if clock else "",
        point.public_words,
    )

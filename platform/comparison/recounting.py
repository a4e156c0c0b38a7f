"""Counting again: whoever holds what is compared registers how, and the store is checked against it (ADR 0060).

It goes from scheme to scheme, so it is for a command and never for a request.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from comparison import queries
from comparison.measures import Fact, Period, Share
from kit import clock, outbox
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class Recount:
    """How points are counted again in the scheme entered."""

    kind: str
    """The kind of message by which changes come."""
    facts: Callable[[], Mapping[UUID, Fact]]
    """Every point that counts, from the scheme's own rows."""
    again: Callable[[Collection[UUID]], object]
    """Writes what is true of these points into the store, holding them meanwhile."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One point of which a scheme and the store say different things; nothing where one of them does not count it."""

    point_id: UUID
    counted: Fact | None
    stored: Fact | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one scheme came to."""

    scheme: Scheme
    points: int
    differences: Sequence[Difference]
    figures: Sequence[tuple[Period, Share, Share]]
    """Each period of which the page says another share than its points, counted one by one: counted and stored."""
    on_their_way: int
    """Changes that have not reached the store yet, or failed to."""

    @property
    def agrees(self) -> bool:
        return not self.differences and not self.figures


_registered: list[Recount] = []


def register(recount: Recount) -> Recount:
    """Add a way to count points again."""
    _registered.append(recount)
    return recount


def check() -> Iterator[Checked]:
    """Count every scheme again and compare with the store; schemes that closed too, for they keep what they hold."""
    for scheme in Scheme.objects.order_by("name"):
        yield check_one(scheme)


def check_one(scheme: Scheme) -> Checked:
    """The same for one scheme: both sides as they stood at one moment, whoever works meanwhile."""
    with _one_moment(), enter(scheme):
        counted = {key: fact for one in _registered for key, fact in one.facts().items()}
        stored = queries.facts_at(scheme)
        keys = sorted(counted.keys() | stored.keys())
        differences = [
            Difference(key, counted.get(key), stored.get(key)) for key in keys if counted.get(key) != stored.get(key)
        ]
        return Checked(scheme, len(counted), differences, _figures(scheme, counted.values()), on_their_way(scheme))


def mend(checked: Checked) -> None:
    """Write into the store what the scheme says of each point that differs."""
    keys = [one.point_id for one in checked.differences]
    with enter(checked.scheme):
        for one in _registered:
            one.again(keys)


def on_their_way(scheme: Scheme | None = None) -> int:
    """How many messages about changes wait, or failed for good: of one scheme, or of all."""
    return outbox.undone_count([one.kind for one in _registered], schema=scheme.schema_name if scheme else "")


def _figures(scheme: Scheme, counted: Collection[Fact]) -> Sequence[tuple[Period, Share, Share]]:
    today = clock.today()
    by_hand = {
        period: Share.of((fact for fact in counted if period.holds(fact, today)), today, scheme.closed_on)
        for period in Period
    }
    shown = {period: queries.share_at(scheme, period) for period in Period}
    return [(period, by_hand[period], shown[period]) for period in Period if by_hand[period] != shown[period]]


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is of the moment of its first reading."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield

"""Counting again: whoever holds what is compared registers how, and the store is checked against it (ADR 0060).

It is for a command, which goes from scheme to scheme, and for the clock, and never for a request.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from comparison import actions, queries
from comparison.measures import Fact, Period, Share
from kit import clock, outbox, scope
from kit.one_moment import one_moment
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

logger = logging.getLogger(__name__)

# In London, when hardly anybody is at work.
NIGHT = 3


@dataclass(frozen=True, slots=True)
class Recount:
    """How points are counted again in the scheme entered."""

    kind: str
    """The kind of message by which changes come."""
    facts: Callable[[], Mapping[UUID, Fact]]
    """Every point that counts, from the scheme's own rows."""
    again: Callable[[Collection[UUID]], object]
    """Writes what is true of these points into the store, holding them meanwhile."""
    promised: Callable[[], Collection[UUID]]
    """The points of which a message waits that brings them into the store by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One point of which a scheme and the store say different things; nothing where one of them does not count it."""

    point_id: UUID
    counted: Fact | None
    stored: Fact | None
    on_its_way: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one scheme came to."""

    scheme: Scheme
    points: int
    differences: Sequence[Difference]
    figures: Sequence[tuple[Period, Share, Share]]
    """Each period of which the page says another share than its points, counted one by one: counted and stored.

    A point of which a change is on its way is counted as it is stored.
    """
    on_their_way: int
    """Changes that have not reached the store yet, or failed to."""

    @property
    def agrees(self) -> bool:
        return not self.differences and not self.figures

    @property
    def not_on_its_way(self) -> int:
        """How many points differ with no change on its way that would bring them."""
        return sum(not one.on_its_way for one in self.differences)

    @property
    def faults(self) -> int:
        """How many points and figures differ by more than what is on its way."""
        return self.not_on_its_way + len(self.figures)

    @property
    def agrees_but_for_what_comes(self) -> bool:
        """Whether nothing differs but what is on its way."""
        return not self.faults


_registered: list[Recount] = []


def register(recount: Recount) -> Recount:
    """Add a way to count points again."""
    _registered.append(recount)
    return recount


def check(*, mends: bool = False) -> Iterator[tuple[Checked, Checked]]:
    """Count every scheme again and compare with the store; schemes that closed too, for they keep what they hold.

    Each comes as it was found, and as it is once it was mended.
    """
    for scheme in Scheme.objects.order_by("name"):
        yield _check_and_note(scheme, mends=mends)


def check_one(scheme: Scheme) -> Checked:
    """The same for one scheme: both sides and what is on its way, as of one moment, whoever works meanwhile.

    Inside another transaction there is no one moment (`one_moment`).
    """
    with one_moment(), enter(scheme):
        counted = {key: fact for one in _registered for key, fact in one.facts().items()}
        stored = queries.facts_at(scheme)
        keys = sorted(counted.keys() | stored.keys())
        differing = [key for key in keys if counted.get(key) != stored.get(key)]
        promised = {key for one in _registered for key in one.promised()}.intersection(differing)
        differences = [Difference(key, counted.get(key), stored.get(key), key in promised) for key in differing]
        arrived = [stored.get(key) if key in promised else counted.get(key) for key in keys]
        figures = _figures(scheme, [fact for fact in arrived if fact])
        return Checked(scheme, len(counted), differences, figures, on_their_way(scheme))


def mend(checked: Checked) -> None:
    """Write into the store what the scheme says of each point that differs."""
    keys = [one.point_id for one in checked.differences]
    with enter(checked.scheme):
        for one in _registered:
            one.again(keys)


def check_tonight() -> None:
    """Once a night, count the scheme entered again and mend it; outside any transaction, so as to read one moment."""
    scheme = Scheme.objects.get(schema_name=scope.current())
    if queries.is_checked_since(scheme, _latest_night()):
        return
    before, after = _check_and_note(scheme, mends=True)
    if before.not_on_its_way or not after.agrees_but_for_what_comes:
        logger.warning("%s: %s points differed from the national figures", scheme.slug, before.not_on_its_way)


def on_their_way(scheme: Scheme | None = None) -> int:
    """How many messages about changes wait, failed, or were given up since the store last agreed: of one, or of all."""
    kinds, schema = [one.kind for one in _registered], scheme.schema_name if scheme else ""
    agreed = queries.agreed_at()
    lost = [at for place, at in outbox.given_up(kinds, schema=schema) if place not in agreed or at > agreed[place]]
    return outbox.undone_count(kinds, schema=schema) + len(lost)


def _check_and_note(scheme: Scheme, *, mends: bool) -> tuple[Checked, Checked]:
    before = after = check_one(scheme)
    if mends and before.differences:
        mend(before)
        after = check_one(scheme)
    # What somebody only looks at by day may differ for as long as a change is on its way.
    if mends or after.agrees:
        actions.note_check(scheme=scheme, differed=before.not_on_its_way, agrees=after.agrees_but_for_what_comes)
    return before, after


def _latest_night() -> datetime:
    """The last time it was three in the morning in London."""
    here = clock.now().astimezone(clock.LONDON)
    night = here.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night <= here else night - timedelta(days=1)


def _figures(scheme: Scheme, counted: Collection[Fact]) -> Sequence[tuple[Period, Share, Share]]:
    today = clock.today()
    by_hand = {
        period: Share.of((fact for fact in counted if period.holds(fact, today)), today, scheme.closed_on)
        for period in Period
    }
    shown = {period: queries.share_at(scheme, period) for period in Period}
    return [(period, by_hand[period], shown[period]) for period in Period if by_hand[period] != shown[period]]

"""What national figures are made of: the days of every point that counts (docs/formulas.md §7, ADR 0060)."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from comparison.measures import Fact
from tenants.feedback import rules
from tenants.feedback.models import Point
from tenants.feedback.queries.clocks import day_of

DAYS = ("pk", "received_on", "first_decided_at")


def facts(point_ids: Collection[UUID] | None = None) -> Mapping[UUID, Fact]:
    """By point, of these points or of all: when it came, its day 20, and the day of the first decision about it.

    A point that is answered with another has that one's decision and its own days. Those that do not count are left
    out: passed on, or emptied before there was a decision.
    """
    points = Point.objects.order_by() if point_ids is None else Point.objects.filter(pk__in=point_ids).order_by()
    return {
        key: Fact(received_on, _day_20(received_on), day_of(decided_at))
        for key, received_on, decided_at in points.that_count().values_list(*DAYS)
    }


@lru_cache(maxsize=1024)
def _day_20(received_on: date) -> date:
    return rules.decided_clock(received_on).due

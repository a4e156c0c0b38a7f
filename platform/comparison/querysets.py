"""Adjectives for facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q

from comparison.measures import Period

if TYPE_CHECKING:
    from comparison.models import PointFact  # noqa: F401 (named in strings below)
    from tenants.schemes.models import Scheme

IN_TIME = Q(decided_on__lte=F("due_on"))


class PointFactQuerySet(models.QuerySet["PointFact"]):
    def at(self, scheme: Scheme) -> Self:
        """Those of one scheme."""
        return self.filter(scheme=scheme)

    def undecided(self) -> Self:
        """Those about which nothing was decided yet."""
        return self.filter(decided_on=None)

    def of_period(self, period: Period, today: date) -> Self:
        """Those of points that came in it."""
        first = period.first(today)
        return self if first is None else self.filter(received_on__gte=first)

    def shares(self, today: date) -> models.QuerySet[Any, dict[str, Any]]:
        """For each scheme that has any: `scheme`, `in_time`, `counted`, `waiting`, `overdue` (docs/formulas.md §7)."""
        return self.order_by().values("scheme").annotate(
            in_time=Count("pk", filter=IN_TIME),
            counted=Count("pk", filter=Q(decided_on__isnull=False) | Q(due_on__lt=today)),
            waiting=Count("pk", filter=Q(decided_on=None, due_on__gte=today)),
            overdue=Count("pk", filter=Q(decided_on=None, due_on__lt=today)),
        )  # fmt: skip

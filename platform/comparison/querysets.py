"""Adjectives for facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Least

from comparison.measures import Period

if TYPE_CHECKING:
    from comparison.models import PointFact, RegisterCheck  # noqa: F401 (named in strings below)
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
        """For each scheme that has any its share, by the names of `Share`, and `scheme` (docs/formulas.md §7)."""
        # The clock of a scheme that closed stopped on that day; `Least` leaves out what is not there.
        until = Least("scheme__closed_on", Value(today))
        open_still, closed = Q(scheme__closed_on=None), Q(scheme__closed_on__isnull=False)
        has_time = Q(decided_on=None, due_on__gte=until)
        return self.order_by().values("scheme").annotate(
            in_time=Count("pk", filter=IN_TIME),
            counted=Count("pk", filter=Q(decided_on__isnull=False) | Q(due_on__lt=until)),
            waiting=Count("pk", filter=has_time & open_still),
            overdue=Count("pk", filter=Q(decided_on=None, due_on__lt=until)),
            left=Count("pk", filter=has_time & closed),
        )  # fmt: skip


class RegisterCheckQuerySet(models.QuerySet["RegisterCheck"]):
    def at(self, scheme: Scheme) -> Self:
        """That of one scheme."""
        return self.filter(scheme=scheme)

    def since(self, moment: datetime) -> Self:
        """Those made at a moment or after it."""
        return self.filter(checked_at__gte=moment)

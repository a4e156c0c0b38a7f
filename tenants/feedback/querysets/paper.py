"""Adjectives for printed slips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from tenants.feedback.models.paper import PrintedSlip, SlipBatch  # noqa: F401 (named in strings below)


class SlipBatchQuerySet(models.QuerySet["SlipBatch"]):
    def with_counts(self) -> Self:
        """Adds how `many` slips each has, and how many of them were `used`; the newest first."""
        used = models.Count("slips", filter=Q(slips__used_on__isnull=False))
        return self.annotate(many=models.Count("slips"), used=used).order_by("-printed_at", "pk")

    def not_cancelled(self) -> Self:
        return self.filter(cancelled_at=None)


class PrintedSlipQuerySet(models.QuerySet["PrintedSlip"]):
    def unused(self) -> Self:
        """Those with which something can still be told."""
        return self.filter(used_on=None, batch__cancelled_at=None)

"""Adjectives for disclosures of harm."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from tenants.feedback.models.concerns import Concern  # noqa: F401 (named in strings below)


class ConcernQuerySet(models.QuerySet["Concern"]):
    def new(self) -> Self:
        """Those that nobody has taken up."""
        return self.filter(taken_at=None)

    def not_closed(self) -> Self:
        """Those that nobody has taken up, and those that somebody sees to."""
        return self.filter(closed_at=None)

    def by_what_waits(self) -> Self:
        """New ones first, then those taken up, then the closed; the oldest of each first."""
        return self.order_by(F("closed_at").asc(nulls_first=True), F("taken_at").asc(nulls_first=True), "received_at")

    def closed_before(self, moment: datetime) -> Self:
        """Those closed before a moment whose words are still there."""
        return self.filter(closed_at__lte=moment, emptied_on=None)

    def left_until(self, day: date) -> Self:
        """Those that nobody took up by their day, and of which the managers do not know yet."""
        return self.new().filter(take_up_by__lt=day, passed_on_at=None)

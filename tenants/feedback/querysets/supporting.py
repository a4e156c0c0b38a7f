"""Adjectives for those who help somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kit import clock
from tenants.feedback.rules import Kind

if TYPE_CHECKING:
    from tenants.feedback.models.points import Point
    from tenants.feedback.models.supporting import Supporter  # noqa: F401 (named in strings below)


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def of(self, person: UUID) -> Self:
        """Those whom somebody chose."""
        return self.filter(person_id=person)

    def helping_as(self, supporter: UUID) -> Self:
        """Those as whom somebody may help now."""
        return self.running().filter(supporter_id=supporter)

    def running(self) -> Self:
        """Those who accepted, whose day has not passed, and whom neither side has ended."""
        return self.filter(accepted_at__isnull=False, ended_at=None, until__gte=clock.today())

    def waiting(self) -> Self:
        """Those who can still accept."""
        return self.filter(accepted_at=None, ended_at=None, open_until__gt=clock.now())

    def not_ended(self) -> Self:
        return self.filter(ended_at=None)

    def for_point(self, point: Point) -> Self:
        """Those who help with a point: of somebody who said it themselves, for this point or for all."""
        sayers = apps.get_model("feedback", "Sayer").objects.filter(
            point=point, kind=Kind.PERSON, person_id=OuterRef("person_id")
        )
        return self.filter(Q(point=None) | Q(point=point), Exists(sayers))

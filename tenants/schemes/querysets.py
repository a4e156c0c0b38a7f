"""Adjectives for the boundary's rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

from kit import clock

if TYPE_CHECKING:
    from tenants.schemes.models import Scheme


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def live(self) -> Self:
        """Schemes whose site answers: suspended and closed ones do not."""
        return self.filter(status="open")

    def with_data(self) -> Self:
        """Schemes whose clocks still run: all but closed ones."""
        return self.exclude(status="closed")

    def with_site_count(self) -> Self:
        """Adds `site_count`."""
        return self.annotate(site_count=Count("sites"))


class SiteQuerySet(models.QuerySet):
    def at(self, scheme: Scheme) -> Self:
        """Those of one scheme."""
        return self.filter(scheme=scheme)


class _RunningQuerySet(models.QuerySet):
    def running(self, *, on: date | None = None) -> Self:
        """Those in force on a day: today, unless another is named."""
        day = on or clock.today()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def of(self, person_id: UUID | None) -> Self:
        """Those of one person."""
        return self.filter(person_id=person_id)


class MembershipQuerySet(_RunningQuerySet):
    def at(self, scheme: Scheme) -> Self:
        """Those at one scheme."""
        return self.filter(scheme=scheme)


class AbsenceQuerySet(models.QuerySet):
    def at(self, scheme: Scheme) -> Self:
        """Those at one scheme that nobody took back."""
        return self.filter(scheme=scheme, taken_back_at=None)

    def of(self, person_id: UUID | None) -> Self:
        """Those of one person."""
        return self.filter(person_id=person_id)

    def on(self, day: date) -> Self:
        """Those of a day; the first and the last day are days away too."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def not_over(self) -> Self:
        """Those of today and of days to come."""
        return self.filter(last_day__gte=clock.today())

    def meeting(self, first: date, last: date) -> Self:
        """Those that share a day with these days."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class NationalRoleQuerySet(_RunningQuerySet):
    pass


class InvitationQuerySet(models.QuerySet):
    def accepted_by(self, person_id: UUID) -> Self:
        """Those that one person has accepted."""
        return self.filter(accepted_by_id=person_id)

    def at(self, scheme: Scheme) -> Self:
        """Those that one scheme sent."""
        return self.filter(scheme=scheme)

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())

"""Rows of groups are reached only through these scopes (data rule 8)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from groups.seats import Seat
from kit import clock

if TYPE_CHECKING:
    from groups.models import Agreement, Group, GroupDecision


class GroupQuerySet(models.QuerySet["Group"]):
    def for_member(self, person_id: UUID, *, seats: Collection[str] = tuple(Seat)) -> Self:
        """Groups in which a person now has a seat, or one of these seats."""
        today = clock.today()
        # All in one filter: each further one would look for another seat.
        return self.filter(
            Q(memberships__until=None) | Q(memberships__until__gt=today),
            memberships__person_id=person_id,
            memberships__seat__in=seats,
            memberships__since__lte=today,
            closed_at=None,
        ).distinct()

    def user_led(self) -> Self:
        """Groups that visit schemes."""
        return self.filter(kind="user_led")

    def open(self) -> Self:
        """Groups that have not closed: for the national staff who set groups up."""
        return self.filter(closed_at=None)


class _OfAGroup(models.QuerySet):
    def for_group(self, group: Group) -> Self:
        """Rows of one group."""
        return self.filter(group=group)


class _Running(models.QuerySet):
    def running(self, *, on: date | None = None) -> Self:
        """Those in force on a day: today, unless another is named."""
        day = on or clock.today()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def not_over(self) -> Self:
        """Those in force today or later."""
        return self.filter(Q(until=None) | Q(until__gt=clock.today()))

    def over(self) -> Self:
        """Those that have ended."""
        return self.filter(until__lte=clock.today())

    def meeting(self, since: date, until: date | None) -> Self:
        """Those in force on a day of these days, of which the last is one no more."""
        begun = self if until is None else self.filter(since__lt=until)
        return begun.filter(Q(until=None) | Q(until__gt=since))


class _RunningOfAGroup(_Running):
    def for_group(self, group: Group) -> Self:
        """Rows of one group."""
        return self.filter(group=group)


class GroupMembershipQuerySet(_RunningOfAGroup):
    def for_person(self, person_id: UUID) -> Self:
        """One person's own seats."""
        return self.filter(person_id=person_id)


class PeerSupportQuerySet(_OfAGroup):
    pass


class OfAMemberQuerySet(_OfAGroup):
    def for_person(self, person_id: UUID) -> Self:
        """Those about one person."""
        return self.filter(person_id=person_id)


class VettingQuerySet(OfAMemberQuerySet):
    def to_enter(self, site_id: UUID) -> Self:
        """Those for one site."""
        return self.filter(site_id=site_id)


class AgreementQuerySet(_RunningOfAGroup):
    def with_scheme(self, scheme_id: UUID) -> Self:
        """What one scheme agreed."""
        return self.filter(scheme_id=scheme_id)


class OfAnAgreementQuerySet(models.QuerySet):
    def under(self, agreement: Agreement) -> Self:
        """Rows of one agreement."""
        return self.filter(agreement=agreement)


class HostPermissionQuerySet(_Running):
    def given_to(self, groups: Collection[Group]) -> Self:
        """What these groups were given under any agreement."""
        return self.filter(agreement__group__in=groups)

    def under(self, agreement: Agreement) -> Self:
        """Rows of one agreement."""
        return self.filter(agreement=agreement)

    def to_enter(self, site_id: UUID) -> Self:
        """Those for one site."""
        return self.filter(site_id=site_id)


class OfADecisionQuerySet(models.QuerySet):
    def about(self, decision: GroupDecision) -> Self:
        """Rows about one decision."""
        return self.filter(decision=decision)


class GroupInvitationQuerySet(_OfAGroup):
    def sent_to(self, addresses: Collection[str]) -> Self:
        """Those to one person's addresses."""
        return self.filter(email__in=addresses)

    def sent_by(self, person_id: UUID) -> Self:
        """Those that one person sent."""
        return self.filter(invited_by_id=person_id)

    def used_by(self, person_id: UUID) -> Self:
        """Those that one person accepted."""
        return self.filter(accepted_by_id=person_id)

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())

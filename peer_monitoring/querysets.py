"""Visits are reached only through these scopes: a group's own, a person's own, and what a scheme may see (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When

from groups.models import Group
from groups.seats import MONITORS
from kit import clock

if TYPE_CHECKING:
    from peer_monitoring.models import Programme, Record, Visit

# Why a record can be unfinished where somebody went in all the same; nothing where it is finished.
WAS_THERE = ("", "delayed", "cut_short", "other")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def for_group(self, group: Group) -> Self:
        """A group's own programmes."""
        return self.filter(group=group)


class ProgrammeSiteQuerySet(models.QuerySet):
    def of(self, programme: Programme) -> Self:
        """The places of one programme."""
        return self.filter(programme=programme)


class VisitQuerySet(models.QuerySet["Visit"]):
    def for_group(self, group: Group) -> Self:
        """A group's own visits."""
        return self.filter(group=group)

    def of_teams_with(self, person_id: UUID) -> Self:
        """Visits that a person is on the team of, in groups for which they still go on visits."""
        mine = Q(seats__person_id=person_id, seats__left_at=None)
        return self.filter(mine, group__in=Group.objects.for_member(person_id, seats=MONITORS))

    def visible_to_scheme(self, scheme_id: UUID) -> Self:
        """What a scheme may know: those announced to it, and those held back from the moment they are logged.

        A held-back visit stands in no count, list or file of the scheme before that; there is no other way in.
        """
        over = Q(is_held_back=True, logged_at__isnull=False, day__lte=clock.today())
        return self.filter(Q(is_held_back=False, ready_at__isnull=False) | over, scheme_id=scheme_id)

    def to_log(self) -> Self:
        """Those that the app holds: settled, and neither cancelled nor closed."""
        return self.filter(ready_at__isnull=False, cancelled_at=None, closed_at=None)

    def names_somebody_to_ring(self) -> Self:
        """Those with a name and a number."""
        return self.exclude(to_ring="")

    def of_whom_to_ring(self, group_id: UUID, person_id: UUID) -> Self:
        """A group's, with the number of one person."""
        return self.filter(group=group_id, to_ring_of_id=person_id)

    def ring_nobody(self) -> int:
        """The number goes, and whose it was."""
        return self.update(to_ring="", to_ring_of_id=None)

    def with_records(self) -> Self:
        """Those on which somebody was there and wrote something that nothing replaced, once for each record."""
        return self.filter(records__unfinished__in=WAS_THERE, records__state__in=["counts", "conflict"])

    def going_on(self) -> Self:
        """Neither cancelled nor logged."""
        return self.filter(cancelled_at=None, logged_at=None)

    def nearest_first(self) -> Self:
        """Today's and the next ones first; then those whose day has passed, the last one first."""
        comes = Case(When(day__gte=clock.today(), then="day"))
        return self.order_by(comes.asc(nulls_last=True), "-day", "starts_at")


class SeatQuerySet(models.QuerySet):
    def on(self, visit: Visit) -> Self:
        """The team of a visit."""
        return self.filter(visit=visit, left_at=None)

    def on_each(self, visits: Iterable[Visit]) -> Self:
        """The teams of some visits."""
        return self.filter(visit__in=[one.pk for one in visits], left_at=None)

    def in_group(self, group_id: UUID, person_id: UUID) -> Self:
        """Somebody's own on all visits of one group."""
        return self.filter(visit__group=group_id, person_id=person_id)

    def still_to_go(self) -> Self:
        """Those on visits that are not over."""
        return self.filter(left_at=None, visit__cancelled_at=None, visit__logged_at=None)

    def left_by(self, person_id: UUID) -> Self:
        """Those that somebody gave up."""
        return self.filter(person_id=person_id, left_at__isnull=False)

    def give_up(self) -> int:
        """They are on the team no more: what they needed is nobody's to know, nor what comes of the plan theirs."""
        itself = self.model._default_manager.filter(pk=OuterRef("pk"))
        plan = {"site_then": "site__name", "day_then": "day", "starts_then": "starts_at"}
        then = {name: Subquery(itself.values(f"visit__{now}")) for name, now in plan.items()}
        return self.update(left_at=clock.now(), needs="", **then)


class TroubleQuerySet(models.QuerySet):
    def on(self, visit: Visit) -> Self:
        """What was noted of one visit."""
        return self.filter(visit=visit)

    def ended_it(self) -> Self:
        """That a team was not let in, or had to leave."""
        return self.filter(kind__in=["refused", "cut_short"])


class DraftQuerySet(models.QuerySet):
    def of(self, visit: Visit, person_id: UUID) -> Self:
        """Somebody's own draft on a visit."""
        return self.filter(visit=visit, person_id=person_id)

    def in_group(self, group_id: UUID, person_id: UUID) -> Self:
        """Somebody's own on all visits of one group."""
        return self.filter(visit__group=group_id, person_id=person_id)


class RecordQuerySet(models.QuerySet):
    def on(self, visit: Visit) -> Self:
        """Everything that was received of a visit."""
        return self.filter(visit=visit)

    def counting(self) -> Self:
        """Those that nothing replaced."""
        return self.exclude(state="replaced")

    def to_choose(self) -> Self:
        """Those of which somebody has to say which one counts."""
        return self.filter(state="conflict")

    def finished(self) -> Self:
        """Those that say no reason why they are not."""
        return self.filter(unfinished="")

    def but_called_off(self) -> Self:
        """All but those that say that the visit was called off."""
        return self.exclude(unfinished="called_off")

    def of_person(self, person_id: UUID) -> Self:
        """Somebody's own."""
        return self.filter(person_id=person_id)


class ReceivedQuerySet(models.QuerySet):
    def of(self, record_id: UUID) -> Self:
        """What was sent under one instance id."""
        return self.filter(record=record_id)


class PhotoQuerySet(models.QuerySet):
    def of_person(self, visit: Visit, person_id: UUID | None) -> Self:
        """What somebody sent of a visit."""
        return self.filter(visit=visit, person_id=person_id)


class AttachmentQuerySet(models.QuerySet):
    def of(self, record: Record) -> Self:
        """The photos that a record names."""
        return self.filter(record=record)

    def of_person(self, visit: Visit, person_id: UUID | None) -> Self:
        """Those that somebody's records of a visit name."""
        return self.filter(record__visit=visit, record__person_id=person_id)

    def on(self, visit: Visit) -> Self:
        """Those that records of a visit name."""
        return self.filter(record__visit=visit)

    def without_bytes(self) -> Self:
        """With what became of each, and no byte of a photo."""
        return self.select_related("photo__picture").defer("photo__body", "photo__picture__body")


class SiteConcernQuerySet(models.QuerySet):
    def on(self, visit: Visit) -> Self:
        """What was raised on one visit."""
        return self.filter(visit=visit)

    def of_person(self, person_id: UUID) -> Self:
        """What somebody raised themselves."""
        return self.filter(person_id=person_id)

    def kept_as(self, concern_id: UUID) -> Self:
        """What became this concern of a scheme."""
        return self.filter(kept_as=concern_id)

    def from_inside(self) -> Self:
        """Those of which whoever raised them said that the team had been let in."""
        return self.filter(is_inside=True)

    def raised_since(self, moment: datetime) -> Self:
        """Those that were raised, and so received, no earlier."""
        return self.filter(raised_at__gte=moment)

    def without_words(self) -> Self:
        """Its words are the scheme's to read, also while they are still on their way."""
        return self.defer("words")


class PhoneQuerySet(models.QuerySet):
    def of_person(self, person_id: UUID) -> Self:
        """Somebody's own."""
        return self.filter(person_id=person_id)


class SealedDraftQuerySet(models.QuerySet):
    def of_person(self, person_id: UUID) -> Self:
        """Somebody's own."""
        return self.filter(person_id=person_id)

    def in_group(self, group_id: UUID, person_id: UUID) -> Self:
        """Somebody's own on all visits of one group."""
        return self.filter(visit__group=group_id, person_id=person_id)

    def naming(self, photo_id: UUID) -> Self:
        """Those to which a photo belongs: it has one name in all versions of a draft."""
        return self.filter(photos__contains=[{"id": str(photo_id)}])


class SealedPhotoQuerySet(models.QuerySet):
    def of_person(self, person_id: UUID) -> Self:
        """Those of somebody's own drafts."""
        return self.filter(draft__person_id=person_id)


class SafetyCheckQuerySet(models.QuerySet):
    def on(self, visit: Visit) -> Self:
        """Who went in on one visit."""
        return self.filter(visit=visit)

    def since(self, moment: datetime) -> Self:
        """Those who went in no earlier."""
        return self.filter(went_in_at__gte=moment)

    def inside(self) -> Self:
        """Those who have not said that they are out."""
        return self.filter(came_out_at=None)

    def overdue(self, now: datetime) -> Self:
        """Those who said that they would be out by now, and of whom nobody has been told."""
        return self.inside().filter(due_out_at__lte=now, alarm_at=None)

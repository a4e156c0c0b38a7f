"""Who of a group is ready to visit. It is kept while somebody has a seat, and goes with it."""

import uuid

from django.db import models
from django.db.models import F, Q

from groups.models.belonging import Group
from groups.querysets import OfAMemberQuerySet, VettingQuerySet
from kit import clock
from kit.erasure import about_person


class Training(models.Model):
    """A training that a member did, and the last day on which it counts."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="trainings")
    person_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=120)
    done_on = models.DateField()
    valid_until = models.DateField(null=True)

    objects = OfAMemberQuerySet.as_manager()

    class Meta:
        ordering = ("-done_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("done_on")),
                name="training_counts_after_it_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ConflictOfInterest(models.Model):
    """That a member works or worked at a site, or for a whole scheme; `until` is their last day there."""

    class DeclaredBy(models.TextChoices):
        SELF = "self", "Themselves"
        LEAD = "lead", "The lead"

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="conflicts")
    person_id = models.UUIDField(db_index=True)
    scheme_id = models.UUIDField()
    site_id = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    declared_by = models.CharField(max_length=10, choices=DeclaredBy)

    objects = OfAMemberQuerySet.as_manager()

    class Meta:
        ordering = ("-since",)
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="conflict_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(declared_by__in=["self", "lead"]), name="conflict_is_declared_by_one_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"since {self.since}"


class LivedExperience(models.Model):
    """What a member says of their own life, for one rule alone: half of a team have lived it (F7)."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="lived_experiences")
    person_id = models.UUIDField(db_index=True)
    has = models.BooleanField()
    said_on = models.DateField(default=clock.today)

    objects = OfAMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person_id"], name="lived_experience_is_said_once"),
        ]

    def __str__(self) -> str:
        return "said"


class Vetting(models.Model):
    """Where a member stands with one site. There is no place here for a reason, and there must be none."""

    class Status(models.TextChoices):
        NOT_ASKED = "not_asked", "Not asked"
        ASKED = "asked", "Asked"
        STANDS = "stands", "Stands until a day"
        DOES_NOT_STAND = "does_not_stand", "Does not stand"

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="vettings")
    person_id = models.UUIDField(db_index=True)
    site_id = models.UUIDField()
    status = models.CharField(max_length=15, choices=Status)
    stands_until = models.DateField(null=True)

    objects = VettingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person_id", "site_id"], name="vetting_is_one_for_a_site"),
            models.CheckConstraint(
                condition=Q(status__in=["not_asked", "asked", "stands", "does_not_stand"]),
                name="vetting_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="stands", stands_until__isnull=False) | (~Q(status="stands") & Q(stands_until=None)),
                name="vetting_stands_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()

"""Who of a team is inside, and by when they mean to be out again."""

import uuid

from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import about_person
from peer_monitoring.models.visits import Visit
from peer_monitoring.querysets import SafetyCheckQuerySet


class SafetyCheck(models.Model):
    """That somebody went in and when they mean to be out; whoever goes in again, or stays longer, changes their own.

    `alarm_at` says since when others know that they are not back; nothing while nobody is missed.
    """

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="safety_checks")
    person_id = models.UUIDField(db_index=True)
    went_in_at = models.DateTimeField(default=clock.now)
    due_out_at = models.DateTimeField()
    came_out_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)

    objects = SafetyCheckQuerySet.as_manager()

    class Meta:
        ordering = ("went_in_at",)
        constraints = [
            models.UniqueConstraint(fields=["visit", "person_id"], name="safety_check_is_one_for_each_on_a_visit"),
            models.CheckConstraint(
                condition=Q(due_out_at__gt=F("went_in_at")), name="safety_check_is_due_out_after_going_in"
            ),
            models.CheckConstraint(
                condition=Q(came_out_at=None) | Q(came_out_at__gte=F("went_in_at")), name="safety_check_out_after_in"
            ),
            models.CheckConstraint(
                condition=Q(came_out_at=None) | Q(alarm_at=None), name="safety_check_ends_its_alarm_with_coming_out"
            ),
        ]

    def __str__(self) -> str:
        return f"Somebody on {self.visit_id}"

    @property
    def is_in(self) -> bool:
        """Whether they have not said that they are out."""
        return self.came_out_at is None

    @property
    def alarm_key(self) -> str:
        """By which what was said of this one alarm is found again; a later alarm has another."""
        return f"{self.pk}:{int(self.alarm_at.timestamp())}" if self.alarm_at else ""

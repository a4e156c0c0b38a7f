"""That staff were told of a clock: once for each step, so that a reminder is a reminder and no nagging."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_nobody
from tenants.feedback.models.points import Point
from tenants.feedback.rules import Step


class Escalation(models.Model):
    """One step about one due day of one point. Another due day is another clock, of which they are told again."""

    about = about_nobody("it names a point and a day, and nobody")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField(max_length=7, choices=Step)
    due_on = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["point", "due_on", "step"], name="escalation_once_for_a_clock"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="escalation_step_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.due_on}"

"""What an answer is meant to help, and what it aims at (ADR 0048)."""

import uuid

from django.db import models
from django.db.models import Q

from kit.erasure import about_nobody
from tenants.feedback.models.points import Point
from tenants.feedback.rules import OUTCOMES


class Outcome(models.Model):
    """One of the source's four benefits or five aims, at a point that was decided. None is better than another."""

    about = about_nobody("it says what an answer is meant to help, and nothing of who said it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="outcomes")
    tag = models.CharField(max_length=40, choices=OUTCOMES)

    class Meta:
        ordering = ("tag",)
        constraints = [
            models.UniqueConstraint(fields=["point", "tag"], name="outcome_once_at_a_point"),
            models.CheckConstraint(condition=Q(tag__in=[tag for tag, _ in OUTCOMES]), name="outcome_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_tag_display()

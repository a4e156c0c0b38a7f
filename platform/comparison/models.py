"""The store of facts: what is compared of each scheme, folded from the schemes one change at a time (ADR 0060)."""

import uuid

from django.db import models
from django.db.models import F, Q

from comparison.measures import Fact
from comparison.querysets import PointFactQuerySet, RegisterCheckQuerySet
from kit.erasure import about_nobody
from tenants.schemes.models import Scheme


class PointFact(models.Model):
    """The days of one point of one scheme. A point that does not count has no row."""

    about = about_nobody("days of a thing; its id opens nothing outside its scheme, and no word of anybody is here")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    # Points stand in their scheme's schema, and no foreign key goes there.
    point_id = models.UUIDField()
    received_on = models.DateField()
    due_on = models.DateField()
    decided_on = models.DateField(null=True)

    objects = PointFactQuerySet.as_manager()

    class Meta:
        ordering = ("received_on", "point_id")
        indexes = [models.Index(fields=["received_on", "scheme"], name="point_fact_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "point_id"], name="point_fact_stands_once"),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="point_fact_is_due_after_it_came"),
        ]

    def __str__(self) -> str:
        return f"Point of {self.received_on:%-d %B %Y}"

    @property
    def fact(self) -> Fact:
        return Fact(self.received_on, self.due_on, self.decided_on)


class RegisterCheck(models.Model):
    """When the points of a scheme were last counted again, and when the store last said the same."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.OneToOneField(Scheme, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    # Earlier than the check where that one ended with a difference.
    agreed_at = models.DateTimeField(null=True)
    # Points that differed at that check with no change on its way, before they were put right.
    differed = models.PositiveIntegerField(default=0)

    objects = RegisterCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Counted again at {self.checked_at:%-d %B %Y}"

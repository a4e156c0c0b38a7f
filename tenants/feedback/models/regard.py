"""How a scheme took its duties of equality into account before it decided (ADR 0048)."""

import uuid
from functools import reduce
from operator import and_

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.models.points import Point
from tenants.feedback.rules import REGARD

NOTHING_WRITTEN = Q(decision_maker_id=None, decision_maker_role="", **dict.fromkeys(REGARD, ""))
ALL_WRITTEN = reduce(and_, (~Q(**{name: ""}) for name in REGARD)) & ~Q(decision_maker_role="")


class DueRegard(models.Model):
    """Whether a decision changes a policy or how people are treated; where it does, the record (S13, S14).

    A correction is a new version: the database lets nobody change a row.
    """

    about = [
        about_person(by="by_id", keep=STAFF_ACT),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="regards")
    number = models.PositiveSmallIntegerField()
    changes_policy = models.BooleanField()
    why_not = models.CharField(max_length=300, blank=True)
    # The three aims of section 149, then health inequalities.
    eliminate = models.TextField(blank=True)
    advance = models.TextField(blank=True)
    foster = models.TextField(blank=True)
    health = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    involved = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    decision_maker_id = models.UUIDField(null=True, blank=True)
    decision_maker_role = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ("made_at", "number")
        constraints = [
            models.UniqueConstraint(fields=["point", "number"], name="due_regard_version_is_its_own_at_a_point"),
            models.CheckConstraint(condition=Q(number__gte=1), name="due_regard_versions_begin_at_one"),
            models.CheckConstraint(
                condition=Q(changes_policy=False) & ~Q(why_not="") & NOTHING_WRITTEN
                | Q(changes_policy=True, why_not="", decision_maker_id__isnull=False) & ALL_WRITTEN,
                name="due_regard_is_whole_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def sections(self) -> list[tuple[str, str]]:
        """What the record says, under its headings."""
        return [(heading, getattr(self, name)) for name, heading in REGARD.items()]

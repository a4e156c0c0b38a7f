"""That a decision follows what another scheme did (ADR 0059)."""

import uuid

from django.db import models

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.models.rounds import Round


class Same(models.Model):
    """One decision does the same as another scheme's answer. A newer decision about the point takes nothing over."""

    about = about_person(by="by_id", keep=STAFF_ACT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="same")
    # The answer stands in another scheme's house: no foreign key crosses schemas (data rule 1).
    other_scheme_id = models.UUIDField()
    other_point_id = models.UUIDField()
    made_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"The same, {self.made_at:%-d %B %Y}"

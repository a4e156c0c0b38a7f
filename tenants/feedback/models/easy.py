"""An answer in Easy Read, where somebody has written the words (ADR 0055)."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.models.rounds import Round


class EasyRead(models.Model):
    """What one round decided and why, one idea to a line. The pictures, who and by when are added by the product."""

    about = about_person(by="by_id", keep=STAFF_ACT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="easy")
    what = models.TextField()
    why = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ("written_at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="easy_read_says_what_and_why")]

    def __str__(self) -> str:
        return f"Easy Read of {self.written_at:%-d %B %Y}"

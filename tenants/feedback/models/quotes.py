"""Words as they were said, shown beside the answer because whoever said them agreed to exactly these (ADR 0063)."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.models.points import Consent, Sayer
from tenants.feedback.querysets.quotes import QuoteQuerySet


class Quote(models.Model):
    """A few words of one of those who said a point, exactly as they said them (S18), with what they agreed to.

    Taken back, or erased with them, the row is gone: only the consent that ended stays.
    """

    about = [about_person(by="sayer__person_id", erase=True), about_person(by="by_id", keep=STAFF_ACT)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sayer = models.OneToOneField(Sayer, on_delete=models.CASCADE, related_name="quote")
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="quote")
    words = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="quote_says_something")]

    def __str__(self) -> str:
        return f"Quote of {self.made_at:%-d %B %Y}"

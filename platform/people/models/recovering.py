"""How somebody who lost every way in gets back: a code on paper, then a waiting time (ADR 0046)."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person


class RecoveryCode(models.Model):
    """A code that lets one person ask for a new way in; only its fingerprint is kept."""

    class Source(models.TextChoices):
        PAPER = "paper", "Printed by the person"
        STAFF = "staff", "Given by staff"

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=5, choices=Source)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "source"], name="recovery_code_stands_once_for_a_source"),
            models.CheckConstraint(condition=Q(source__in=["paper", "staff"]), name="recovery_code_source_is_known"),
            models.CheckConstraint(condition=~Q(code_hash=""), name="recovery_code_has_a_fingerprint"),
        ]

    def __str__(self) -> str:
        return self.get_source_display()


class Recovery(models.Model):
    """A new way in that somebody asked for: proved by a code sent there, then open once the waiting time is over."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=254)  # an e-mail address or a mobile number
    code_hash = models.CharField(max_length=64)
    code_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    stop_hash = models.CharField(max_length=64, blank=True, db_index=True)
    proved_at = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("opens_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(proved_at=None, opens_at=None) | Q(proved_at__isnull=False, opens_at__isnull=False),
                name="recovery_opens_only_once_proved",
            ),
            models.CheckConstraint(condition=~Q(to=""), name="recovery_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return "A new way in"

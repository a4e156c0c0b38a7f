"""Slips that are printed before anybody has said anything (ADR 0050)."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import STAFF_ACT, about_nobody, about_person
from tenants.feedback.querysets.paper import PrintedSlipQuerySet, SlipBatchQuerySet


class SlipBatch(models.Model):
    """Slips that were printed together, such as for one waiting room; cancelled, those not used yet are of no use."""

    about = [
        about_person(by="printed_by_id", keep=STAFF_ACT),
        about_person(by="cancelled_by_id", keep=STAFF_ACT),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site_id = models.UUIDField(null=True, blank=True)
    printed_at = models.DateTimeField(default=clock.now)
    printed_by_id = models.UUIDField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by_id = models.UUIDField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True)  # of the form: pressed twice, it is one batch

    objects = SlipBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-printed_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="slips_are_printed_once_for_a_form"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by_id=None)
                | Q(cancelled_at__isnull=False, cancelled_by_id__isnull=False),
                name="slips_are_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Slips of {self.printed_at:%-d %B %Y}"


class PrintedSlip(models.Model):
    """One slip, whose code becomes that of the first point that is told with it.

    `id` stands in the picture that a phone reads and `number` on the part that is handed in: they say which slip it is,
    and open nothing. Of the code only its fingerprint is here.
    """

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(SlipBatch, on_delete=models.CASCADE, related_name="slips")
    slip = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    used_on = models.DateField(null=True, blank=True)

    objects = PrintedSlipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slip"], name="printed_slip_has_a_code_of_its_own"),
            models.UniqueConstraint(fields=["number"], name="printed_slip_has_a_number_of_its_own"),
            models.CheckConstraint(condition=~Q(slip=""), name="printed_slip_has_a_code"),
            models.CheckConstraint(
                condition=Q(number__gte=10_000_000, number__lte=99_999_999),
                name="printed_slip_number_has_eight_figures",
            ),
        ]

    def __str__(self) -> str:
        return "A printed slip"

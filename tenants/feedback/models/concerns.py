"""What somebody told us of harm: for the safeguarding lead alone, and never a point (ADR 0041)."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person
from tenants.feedback.querysets.concerns import ConcernQuerySet

NO_WORDS = {"words": "", "note": "", "reach_at": "", "what_was_done": "", "person_id": None}


class Concern(models.Model):
    """Words about somebody who is hurt or may be. It has no stage, no public words and no way into the register."""

    about = [
        about_person(by="person_id", empty=NO_WORDS),
        about_person(by="handed_over_by_id", keep="who of the staff handed it over is part of the record"),
        about_person(by="taken_by_id", keep="who of the staff took it up is part of the record"),
        about_person(by="closed_by_id", keep="who of the staff closed it is part of the record"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    words = models.TextField(blank=True)
    # How the person may be reached, in their own words; nobody has to say.
    reach_at = models.CharField(max_length=200, blank=True)
    # What staff who saw it in a point know besides, and who they are.
    note = models.TextField(blank=True, default="", db_default="")
    # What may be said of where it was raised, if not on a page of ours or by staff who handed it over.
    how_it_came = models.CharField(max_length=400, blank=True, default="", db_default="")
    handed_over_by_id = models.UUIDField(null=True, blank=True)
    # Set only when somebody signed in wanted to be known, or when staff handed over what was theirs alone.
    person_id = models.UUIDField(null=True, blank=True)
    client_key = models.UUIDField()
    received_at = models.DateTimeField(default=clock.now)
    take_up_by = models.DateField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by_id = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)
    what_was_done = models.TextField(blank=True)
    emptied_on = models.DateField(null=True, blank=True)  # a year after it was closed

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="concern_sent_once"),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by_id=None) | Q(taken_at__isnull=False, taken_by_id__isnull=False),
                name="concern_is_taken_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None)
                | Q(closed_at__isnull=False, closed_by_id__isnull=False, taken_at__isnull=False)
                & (~Q(what_was_done="") | Q(words="")),
                name="concern_closed_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(emptied_on=None) | Q(closed_at__isnull=False, **NO_WORDS),
                name="concern_emptied_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern of {self.received_at:%-d %B %Y}"

    @property
    def went_further(self) -> bool:
        """Whether others were told that it has nobody, after somebody had taken it up."""
        return bool(self.taken_at and self.passed_on_at and self.passed_on_at >= self.taken_at)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.closed_at:
            return "Closed"
        return "Taken up" if self.taken_at else "New"

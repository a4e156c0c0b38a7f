"""Whom somebody chose to help them at this scheme: never in public, and never another sayer (ADR 0052)."""

import uuid

from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import about_person
from tenants.feedback.models.points import Point
from tenants.feedback.querysets.supporting import SupporterQuerySet


class Supporter(models.Model):
    """One person's supporter, from the day they accept until a day, or until either of the two ends it."""

    about = [
        about_person(by="person_id", erase=True),
        about_person(by="supporter_id", erase=True),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    called = models.CharField(max_length=60)  # what the person calls them, for the person alone
    point = models.ForeignKey(Point, on_delete=models.CASCADE, null=True, related_name="supporters")  # none: all
    may_confirm = models.BooleanField(default=False)
    may_say = models.BooleanField(default=False)
    name_shown = models.BooleanField(default=False)  # staff read the supporter's first name
    until = models.DateField()
    sent_to = models.CharField(max_length=254, blank=True)  # goes once it is answered
    token_hash = models.CharField(max_length=64)
    invited_at = models.DateTimeField(default=clock.now)
    open_until = models.DateTimeField()
    supporter_id = models.UUIDField(null=True, db_index=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SupporterQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="supporter_link_is_its_own"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, supporter_id=None)
                | Q(accepted_at__isnull=False, supporter_id__isnull=False),
                name="supporter_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(supporter_id=None) | ~Q(supporter_id=F("person_id")), name="supporter_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(sent_to="") | Q(accepted_at=None, ended_at=None),
                name="supporter_address_goes_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(may_say=False) | Q(point=None), name="supporter_for_one_point_says_nothing_new"
            ),
        ]

    def __str__(self) -> str:
        return "A supporter"

    @property
    def is_running(self) -> bool:
        """Whether they may help now."""
        return self.accepted_at is not None and self.ended_at is None and self.until >= clock.today()

    @property
    def waits(self) -> bool:
        """Whether they can still accept."""
        return self.accepted_at is None and self.ended_at is None and self.open_until > clock.now()

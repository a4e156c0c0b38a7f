"""Kit's tables, in the public schema: what is promised, and which duties fail."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_nobody, about_person

_WAITING = Q(done_at=None, dead_at=None)


class ShortLived(models.Model):
    """What one browser needs for some minutes, encrypted (`kit.short_lived`); the tick takes it away after that."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held = models.TextField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "Kept for some minutes"


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Messages of the outbox."""

    def waiting(self) -> Self:
        """Still to be done, now or later."""
        return self.filter(_WAITING)

    def due(self, *, at: datetime) -> Self:
        """To be done by this moment, the longest due first."""
        return self.waiting().filter(due_at__lte=at).order_by("due_at", "created_at")

    def dead(self) -> Self:
        """Failed too often, and nobody has dealt with them yet."""
        return self.filter(dead_at__isnull=False, given_up_at=None)

    def given_up(self) -> Self:
        """Laid aside for good by somebody: what they were to bring about did not happen."""
        return self.filter(given_up_at__isnull=False)


class OutboxMessage(models.Model):
    """Something that must follow an action, once; a row stays when it is done, so that it cannot be promised again."""

    about = about_person(
        by="dealt_with_by",
        keep="who dealt with a dead letter, by id only; payloads hold ids until it is done",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    schema = models.CharField(max_length=63)
    key = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    dealt_with_by = models.UUIDField(null=True)
    given_up_at = models.DateTimeField(null=True)
    given_up_because = models.CharField(max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "schema", "key"], name="outbox_message_is_promised_once"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dead_at=None), name="outbox_message_is_not_done_and_dead"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(payload={}), name="outbox_message_done_carries_nothing"
            ),
            models.CheckConstraint(
                condition=Q(given_up_at=None) | (Q(dead_at__isnull=False, payload={}) & ~Q(given_up_because="")),
                name="outbox_message_given_up_is_dead_and_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "created_at"], condition=_WAITING, name="outbox_waiting"),
            models.Index(
                fields=["dead_at"], condition=Q(dead_at__isnull=False, given_up_at=None), name="outbox_dead_letters"
            ),
            models.Index(fields=["kind", "schema"], condition=Q(given_up_at__isnull=False), name="outbox_given_up"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.schema}"


class DutyFailure(models.Model):
    """A duty that fails in a schema; the row goes when the duty next succeeds there."""

    about = about_nobody("the class of an error and a place in the code")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.CharField(max_length=120)
    schema = models.CharField(max_length=63)
    since = models.DateTimeField()
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=200)

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(fields=["duty", "schema"], name="duty_failure_stands_once_for_a_schema"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} in {self.schema}"

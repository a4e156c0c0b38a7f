"""Phones that may deliver what was written down, also after their owner has signed out (ADR 0071)."""

import uuid

from django.db import models

from kit import clock
from kit.erasure import about_person
from peer_monitoring.querysets import PhoneQuerySet


class Phone(models.Model):
    """A phone that somebody made ready: what it shows to deliver is kept as a hash, and it can be shut out."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    last_delivered_at = models.DateTimeField(null=True)
    shut_out_at = models.DateTimeField(null=True)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="phone_is_found_by_its_token")]

    def __str__(self) -> str:
        return self.name

    @property
    def may_deliver(self) -> bool:
        """Whether it was not shut out."""
        return self.shut_out_at is None

"""Phones that may deliver what was written down after their owner has signed out, and drafts that they sealed then."""

import uuid

from django.db import models

from kit import clock
from kit.erasure import about_person
from peer_monitoring.models.visits import Visit
from peer_monitoring.querysets import PhoneQuerySet, SealedDraftQuerySet, SealedPhotoQuerySet


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


class SealedDraft(models.Model):
    """A draft as it came when its owner signed out of the app: still sealed, and opened for nobody else."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    photos = models.JSONField(default=list)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    objects = SealedDraftQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)

    def __str__(self) -> str:
        return f"A sealed draft of {self.visit_id}"


class SealedPhoto(models.Model):
    """A photo of such a draft, still sealed too."""

    about = about_person(by="draft__person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(SealedDraft, on_delete=models.CASCADE, related_name="held")
    photo_id_on_phone = models.UUIDField()
    body = models.BinaryField()

    objects = SealedPhotoQuerySet.as_manager()

    class Meta:
        ordering = ("draft", "id")
        constraints = [
            models.UniqueConstraint(fields=["draft", "photo_id_on_phone"], name="a_draft_holds_a_photo_once"),
        ]

    def __str__(self) -> str:
        return f"A photo of {self.draft_id}"

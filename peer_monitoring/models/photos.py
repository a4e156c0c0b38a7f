"""Photos: which ones a record names, the bytes as they were sent, and the picture that was rebuilt from them."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_nobody, about_person
from peer_monitoring.models.records import Record
from peer_monitoring.models.visits import Visit
from peer_monitoring.querysets import AttachmentQuerySet, PhotoQuerySet


class Photo(models.Model):
    """The bytes of a photo as they were sent, once for each person, visit and content; pages only add them."""

    about = about_person(by="person_id", empty={"person_id": None})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)
        constraints = [
            models.UniqueConstraint(fields=["visit", "person_id", "sha256"], name="the_same_photo_is_received_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.sha256[:8]}"


class Attachment(models.Model):
    """That a record names a photo, and at which question; without `photo` it has not arrived: missing evidence."""

    class State(models.TextChoices):
        MISSING = "missing", "This photo has not come yet"
        WAITING = "waiting", "This photo has come and can be seen in a moment"
        UNREADABLE = "unreadable", "This photo came and cannot be read"
        SHOWN = "shown", "Photo"

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments")
    photo_id_on_phone = models.UUIDField()
    key = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="attachments")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("record", "key", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "photo_id_on_phone", "sha256"], name="a_record_names_a_photo_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.record_id}"

    @property
    def state(self) -> State:
        """What became of it."""
        if self.photo is None:
            return self.State.MISSING
        picture = getattr(self.photo, "picture", None)
        if picture is None:
            return self.State.WAITING
        return self.State.SHOWN if picture.width else self.State.UNREADABLE


class Picture(models.Model):
    """What is shown of a photo: rebuilt from its pixels by the worker, or why that could not be."""

    about = about_nobody()

    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, primary_key=True, related_name="picture")
    body = models.BinaryField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("made_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(body=None, width=None, height=None) | Q(body__isnull=False, width__gt=0, height__gt=0),
                name="picture_is_whole_or_could_not_be_made",
            ),
        ]

    def __str__(self) -> str:
        return f"The picture of {self.photo_id}"

"""Where a person is known and what waits for them: rows that only their own requests read (data rules 5 and 6)."""

import uuid

from django.db import models

from kit import clock
from kit.erasure import about_person


class Place(models.Model):
    """A scheme in a person's own list. Private: nobody else's request reads it."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="places")
    scheme_id = models.UUIDField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("since",)
        constraints = [models.UniqueConstraint(fields=["person", "scheme_id"], name="place_is_listed_once")]

    def __str__(self) -> str:
        return str(self.scheme_id)


class Notice(models.Model):
    """That something waits, by kind, date and link, with no words: those are read on the host that holds them."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    scheme_id = models.UUIDField(null=True)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="notice_is_given_once")]

    def __str__(self) -> str:
        return self.kind

"""The ledger of erasures: which person was emptied where, replayed after any restore (data rule 3)."""

import uuid

from django.db import models

from kit import clock
from kit.erasure import about_person


class ErasureRequest(models.Model):
    """Somebody asked that everything about them is erased; the row goes with them."""

    about = about_person(by="person_id", erase=True)

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("asked_at",)

    def __str__(self) -> str:
        return str(self.person_id)


class Erasure(models.Model):
    """One person's erasure; done once every schema says so."""

    about = about_person(by="person_id", keep="the tombstone: an id that no longer names anybody")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    last_replayed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_at",)

    def __str__(self) -> str:
        return str(self.person_id)

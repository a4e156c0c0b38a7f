"""Sign-in across hosts: one-use hand-offs. The host a session belongs to stands in the session itself (ADR 0004)."""

import uuid

from django.db import models

from kit.erasure import about_person


class HandOff(models.Model):
    """A one-use, 60-second, host-bound pass from the platform to a scheme's host; only its hash is kept."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=253)
    # From which sign-in on the platform it came: half the hash of its mark.
    browser = models.CharField(max_length=32, default="", db_default="")

    # By which second step they signed in there, if by any.
    second_step = models.CharField(max_length=20, default="", db_default="")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host

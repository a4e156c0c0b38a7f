"""How it is safe to reach a person, and what they agreed to (S2, S3)."""

import uuid

from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import about_person


class SafeContact(models.Model):
    """The way a person said is safe for telling them something: by e-mail, or on their page only."""

    class Channel(models.TextChoices):
        EMAIL = "email", "By email"
        PAGE = "page", "On my page only"

    about = about_person(by="person_id", erase=True)

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="contact")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.PAGE)
    words_in_messages = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["email", "page"]), name="safe_contact_channel_is_known"),
            models.CheckConstraint(
                condition=Q(channel="email") | Q(words_in_messages=False), name="safe_contact_no_words_without_messages"
            ),
        ]

    def __str__(self) -> str:
        return self.get_channel_display()


class Consent(models.Model):
    """One agreement to one purpose, in the words of one version, until withdrawn (S3); never bundled."""

    class Purpose(models.TextChoices):
        ACCOUNT = "account", "Keep an account for me"
        CONTACT = "contact", "Send me messages"

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    wording_version = models.CharField(max_length=20)
    explained_by = models.CharField(max_length=20, default="on screen")
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("given_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_it_was_given",
            ),
            models.CheckConstraint(condition=~Q(wording_version=""), name="consent_names_its_wording"),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_stands_once_a_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.wording_version})"

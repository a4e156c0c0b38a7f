"""How it is safe to reach a person, and what they agreed to (S2, S3)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import about_person


class SafeContact(models.Model):
    """The way a person said is safe for telling them something, when, in which form, and what may stand in it."""

    class Channel(models.TextChoices):
        EMAIL = "email", "By email"
        TEXT = "text", "By text message"
        LETTER = "letter", "By letter"
        WORKER = "worker", "Through somebody I know who works with me"
        PAGE = "page", "On my page only"

    class Part(models.TextChoices):
        MORNING = "morning", "Morning, 8am to 12 noon"
        AFTERNOON = "afternoon", "Afternoon, 12 noon to 5pm"
        EVENING = "evening", "Evening, 5pm to 8pm"

    class Format(models.TextChoices):
        PLAIN = "plain", "Ordinary print"
        LARGE = "large", "Large print"
        EASY = "easy", "Easy Read: easy words with pictures"
        OTHER = "other", "Another way, like audio, British Sign Language or another language"

    about = about_person(by="person_id", erase=True)
    # Those by which a message goes out by itself.
    MESSAGES = (Channel.EMAIL, Channel.TEXT)

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="contact")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.PAGE)
    # Where they only said when, or in which form: then the channel is none that they chose.
    way_is_open = models.BooleanField(default=False, db_default=False)
    words_in_messages = models.BooleanField(default=False)
    letter_to = models.CharField(max_length=300, blank=True, default="", db_default="")
    worker = models.CharField(max_length=120, blank=True, default="", db_default="")
    days = ArrayField(models.PositiveSmallIntegerField(), default=list)  # 1 is Monday; none: any day
    parts = ArrayField(models.CharField(max_length=10, choices=Part), default=list)  # none: any time
    format = models.CharField(max_length=6, choices=Format, default=Format.PLAIN, db_default=Format.PLAIN.value)
    format_words = models.CharField(max_length=200, blank=True, default="", db_default="")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["email", "text", "letter", "worker", "page"]),
                name="safe_contact_channel_is_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["email", "text"]) | Q(words_in_messages=False),
                name="safe_contact_no_words_without_messages",
            ),
            models.CheckConstraint(
                condition=~Q(channel="letter") | ~Q(letter_to=""), name="safe_contact_letter_has_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(channel="worker") | ~Q(worker=""), name="safe_contact_worker_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=[1, 2, 3, 4, 5, 6, 7])
                & Q(parts__contained_by=["morning", "afternoon", "evening"]),
                name="safe_contact_times_are_known",
            ),
            models.CheckConstraint(
                condition=Q(format__in=["plain", "large", "easy"]) | Q(format="other") & ~Q(format_words=""),
                name="safe_contact_other_format_says_which",
            ),
        ]

    def __str__(self) -> str:
        return self.get_channel_display()

    @property
    def is_chosen(self) -> bool:
        """Whether they said how they are told something."""
        return self.channel != self.Channel.PAGE or not self.way_is_open

    @property
    def way_in_words(self) -> str:
        """How they are told something, as they read it."""
        return self.get_channel_display() if self.is_chosen else "Not chosen yet, so on my page only"

    @property
    def is_by_message(self) -> bool:
        return self.channel in self.MESSAGES


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

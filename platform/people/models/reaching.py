"""What a person is reached by: a mobile phone that they showed to be theirs, and the one message a day."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.channels import Outcome
from kit.erasure import about_nobody, about_person


class Mobile(models.Model):
    """A number at which somebody has read a code. Whoever reads one there last has it: numbers are given out again."""

    about = about_person(by="person_id", erase=True)

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="mobile")
    number = models.CharField(max_length=16, unique=True)
    proved_at = models.DateTimeField(default=clock.now)  # or signed in with: when a code was last read there
    opens_account = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__startswith="+447"), name="mobile_is_a_mobile_number")]

    def __str__(self) -> str:
        return "A mobile phone"


class MobileCode(models.Model):
    """A code on its way to a number that somebody says is theirs; only its fingerprint is kept, and not for long."""

    about = about_person(by="person_id", erase=True)

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=16)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(code_hash=""), name="mobile_code_has_a_fingerprint")]

    def __str__(self) -> str:
        return "A code on its way"


class SignInCode(models.Model):
    """A code on its way to a number at which somebody wants to sign in; which browser asked, its session knows."""

    about = about_nobody("a number that may be anybody's or nobody's, for a quarter of an hour")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=16)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__startswith="+447"), name="sign_in_code_goes_to_a_mobile_number"),
            models.CheckConstraint(condition=~Q(code_hash=""), name="sign_in_code_has_a_fingerprint"),
        ]

    def __str__(self) -> str:
        return "A code on its way"


class WayToTell(models.Model):
    """A way to reach somebody that is told of a change, kept until it was: by then it may be theirs no longer."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=254)  # an e-mail address or a mobile number
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to=""), name="way_to_tell_leads_somewhere")]

    def __str__(self) -> str:
        return "A way to tell somebody"


class Word(models.Model):
    """One message saying that something waits. It stands for all that waits, and one goes to a person in a day."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    stands_for = models.PositiveSmallIntegerField(default=1)  # how many things that wait
    sent_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)  # nothing where it was refused at once: no message reached anybody
    outcome = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Outcome])
    ask_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    # By what name its carrier knows it; empty until it is sent.
    reference = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        ordering = ("due_at",)
        indexes = [
            models.Index(fields=["reference"], condition=~Q(reference=""), name="word_by_its_reference"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="word_to_ask_after"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["email", "text"]), name="word_goes_as_a_message"),
            models.CheckConstraint(
                condition=Q(outcome="", sent_at=None)
                | Q(outcome__in=["accepted", "delivered", "failed"], sent_at__isnull=False),
                name="word_that_was_sent_has_an_outcome",
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(sent_at=None), name="word_waits_once_for_a_person"),
            models.UniqueConstraint(fields=["person", "sent_on"], name="word_goes_once_a_day_to_a_person"),
        ]

    def __str__(self) -> str:
        return f"A message ({self.outcome or 'waits'})"


class WordLink(models.Model):
    """A link in a message that opens one thing of one scheme without signing in, until a moment (ADR 0054).

    The secret in it is made from `key` and the installation's secret key; only its fingerprint is kept.
    """

    about = about_person(by="word__person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="links")
    scheme_id = models.UUIDField()
    key = models.UUIDField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ("until", "pk")
        constraints = [models.CheckConstraint(condition=~Q(token_hash=""), name="word_link_has_a_fingerprint")]

    def __str__(self) -> str:
        return "A link in a message"

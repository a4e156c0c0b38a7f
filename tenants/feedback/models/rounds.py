"""What was decided, what was done, who was told, and what those who said it answered."""

import uuid
from datetime import date
from urllib.parse import urlsplit

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.models.points import Point, Sayer
from tenants.feedback.models.regard import DueRegard
from tenants.feedback.querysets.asked import ConfirmationQuerySet
from tenants.feedback.querysets.rounds import RoundQuerySet, ToldQuerySet
from tenants.feedback.rules import MADE_BY_HAND, PROMISES, Answer, Channel, Decision, Form, TellingState, Voice


class Round(models.Model):
    """One decision about a point. A new decision is a new round: what was promised before stays readable."""

    about = about_person(by="by_id", keep=STAFF_ACT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=8, choices=Decision)
    answer = models.TextField()
    reason = models.TextField()
    owner_membership_id = models.UUIDField()
    owner_role = models.CharField(max_length=60)
    due = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()
    public_from = models.DateTimeField(null=True, blank=True)
    # None for what was decided before such records were kept.
    regard = models.ForeignKey(DueRegard, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    regard_made_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("point", "number")
        indexes = [
            models.Index(fields=["point"], condition=Q(decision=Decision.NOT_NOW), name="round_not_now"),
            models.Index(fields=["decided_at"], condition=Q(public_from=None), name="round_not_public_yet"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["point", "number"], name="round_number_is_its_own_at_a_point"),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_numbers_begin_at_one"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="round_decision_is_known"),
            models.CheckConstraint(condition=~Q(answer="") & ~Q(reason=""), name="round_has_an_answer_and_a_reason"),
            models.CheckConstraint(condition=~Q(owner_role=""), name="round_has_an_owner"),
            models.CheckConstraint(
                condition=~Q(decision__in=PROMISES) | Q(due__isnull=False), name="round_promise_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.NOT_NOW) | Q(review_on__isnull=False), name="round_not_now_has_a_review"
            ),
            models.UniqueConstraint(fields=["regard"], name="round_has_a_record_of_regard_of_its_own"),
            models.CheckConstraint(
                condition=Q(regard=None, regard_made_at=None)
                | Q(regard__isnull=False, regard_made_at__isnull=False, regard_made_at__lte=F("decided_at")),
                name="round_was_decided_after_its_record_of_regard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} ({self.number})"

    @property
    def decided_on(self) -> date:
        """The day of the decision, in London."""
        return self.decided_at.astimezone(clock.LONDON).date()

    @property
    def is_promise(self) -> bool:
        """Whether something was promised that can be done."""
        return self.decision in PROMISES

    @property
    def is_replaced(self) -> bool:
        """Whether something newer was decided about the point."""
        return Round.objects.filter(point_id=self.point_id, number__gt=self.number).exists()


class Progress(models.Model):
    """What the scheme says it did about a promise; "done" is a claim until those who said it confirm."""

    class Kind(models.TextChoices):
        UPDATE = "update", "Update"
        DONE = "done", "Done"

    about = about_person(by="by_id", keep=STAFF_ACT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="progress")
    kind = models.CharField(max_length=6, choices=Kind)
    words = models.TextField()
    # What shows it: when, in words, and on which public page. Those who said it read this too.
    shown_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True, default="", db_default="")
    link = models.URLField(max_length=500, blank=True, default="", db_default="")
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ("at", "kind")
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="progress_links_to_a_page",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="progress_says_something"),
            models.CheckConstraint(condition=Q(kind__in=["update", "done"]), name="progress_kind_is_known"),
            models.UniqueConstraint(fields=["round"], condition=Q(kind="done"), name="progress_done_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"

    @property
    def link_host(self) -> str:
        """Where the link leads, so that nobody follows it without knowing."""
        return urlsplit(self.link).hostname or ""


class Told(models.Model):
    """How one of those who said it is told of one round. Of its six ends failed is a task for somebody.

    `word_id` is the message of `people` that says so, which may stand for other answers too; `through` is who tells
    them; `form` is the form in which they can read it.
    """

    about = about_person(
        by="sayer__person_id", empty={"through": "", "word_id": None, "form": Form.PLAIN, "form_words": ""}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tellings")
    sayer = models.ForeignKey(Sayer, on_delete=models.CASCADE, related_name="tellings")
    channel = models.CharField(max_length=6, choices=Channel)
    state = models.CharField(max_length=10, choices=TellingState, default=TellingState.PENDING)
    started_on = models.DateField(default=clock.today)
    posted_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    task_note = models.CharField(max_length=300, blank=True)
    through = models.CharField(max_length=120, blank=True, default="", db_default="")
    word_id = models.UUIDField(null=True, blank=True)
    form = models.CharField(max_length=6, choices=Form, default=Form.PLAIN, db_default=Form.PLAIN.value)
    form_words = models.CharField(max_length=200, blank=True, default="", db_default="")
    met_on = models.DateField(null=True, blank=True)  # they have it in the form they need

    objects = ToldQuerySet.as_manager()

    class Meta:
        ordering = ("started_on", "pk")
        indexes = [
            models.Index(fields=["started_on"], condition=Q(state=TellingState.PENDING), name="told_pending"),
            models.Index(fields=["ended_at"], condition=Q(state=TellingState.SENT), name="told_sent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "sayer"], name="told_each_sayer_once_in_a_round"),
            models.CheckConstraint(condition=Q(state__in=TellingState.values), name="told_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=TellingState.PENDING, ended_at=None)
                | ~Q(state=TellingState.PENDING) & Q(ended_at__isnull=False),
                name="told_has_ended_or_is_pending",
            ),
            models.CheckConstraint(
                condition=~Q(state=TellingState.FAILED) | ~Q(task_note=""), name="told_failed_says_what_to_do"
            ),
            models.CheckConstraint(
                condition=~Q(state=TellingState.POSTED) | Q(posted_on__isnull=False), name="told_posted_on_a_day"
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="told_form_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def needs(self) -> str:
        """The form in which they can read it, in words; nothing where ordinary print will do."""
        return "" if self.form == Form.PLAIN else self.form_words or self.get_form_display()

    @property
    def must_be_made(self) -> bool:
        """Whether somebody has to make the form they need, and has not given it to them yet."""
        return self.form in MADE_BY_HAND and self.met_on is None

    @property
    def is_unfinished(self) -> bool:
        """Whether they have not been told yet, so that somebody must see to it."""
        return self.state in (TellingState.PENDING, TellingState.FAILED) and self.posted_on is None

    @property
    def task(self) -> str:
        """What somebody has to do about it."""
        to_tell = {
            Channel.LETTER.value: "Post a letter with the answer.",
            Channel.WORKER.value: f"Ask {self.through} to tell them when they see them.",
        }.get(self.channel, "")
        telling = self.task_note or (to_tell if self.is_unfinished else "")
        making = f"Give them the answer in the form they need: {self.needs}." if self.must_be_made else ""
        return " ".join(part for part in (telling, making) if part)


class Confirmation(models.Model):
    """One answer to "did it change?". A changed mind is a further answer; the one with the highest number counts.

    `words` say what is still wrong. They are as private as what was said first: staff read them, the public never.
    """

    about = about_person(by="sayer__person_id", empty={"words": ""})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="confirmations")
    sayer = models.ForeignKey(Sayer, on_delete=models.CASCADE, related_name="confirmations")
    number = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=6, choices=Answer)
    words = models.TextField(blank=True, default="", db_default="")
    voice = models.CharField(max_length=8, choices=Voice)
    # The same for all answers of one voice in a round; it points at nobody, and so outlives whose voice it was.
    voice_key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    # A supporter sent it, beside whoever said the point.
    with_help = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=clock.now)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("round", "sayer", "number")
        constraints = [
            models.UniqueConstraint(fields=["round", "sayer", "number"], name="confirmation_number_is_its_own"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="confirmation_answer_is_known"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="confirmation_voice_is_known"),
            models.CheckConstraint(
                condition=Q(words="") | Q(answer=Answer.NO), name="confirmation_words_say_what_is_still_wrong"
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

    @property
    def words_here(self) -> str:
        """The words, unless what it is about was passed on; the row itself can only be added to."""
        return "" if self.sayer.point.passed_on_at else self.words

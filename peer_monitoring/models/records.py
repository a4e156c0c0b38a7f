"""What somebody wrote down on a visit: every byte as it was sent, and what was read of it (ADR 0072)."""

import uuid
from datetime import UTC, datetime

from django.db import models

from kit import clock
from kit.erasure import about_person
from peer_monitoring.models.visits import HAD_TO_LEAVE, LET_IN_LATE, NOT_LET_IN, Visit
from peer_monitoring.querysets import DraftQuerySet, ReceivedQuerySet, RecordQuerySet
from questions.models import QuestionSetVersion

# What a clock can say, however wrong it is: with years beyond, no page could be shown.
OF_A_CLOCK = (datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC))


class Draft(models.Model):
    """Answers of one person on one visit that are not sent yet; what is sent of it has the draft's own id."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    answers = models.JSONField(default=dict)
    supersedes_id = models.UUIDField(null=True)
    began_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("began_at",)
        constraints = [models.UniqueConstraint(fields=["visit", "person_id"], name="one_draft_for_each_on_a_visit")]

    def __str__(self) -> str:
        return f"A draft of {self.visit_id}"


class Record(models.Model):
    """One record for each instance id: whose it is, which version it answers, and what became of it."""

    class State(models.TextChoices):
        COUNTS = "counts", "Received"
        REPLACED = "replaced", "Does not count any more"
        CONFLICT = "conflict", "Two that differ: choose one"

    class Unfinished(models.TextChoices):
        """Why somebody sent what they had."""

        CALLED_OFF = "called_off", "The visit was called off"
        REFUSED = "refused", NOT_LET_IN
        DELAYED = "delayed", LET_IN_LATE
        CUT_SHORT = "cut_short", HAD_TO_LEAVE
        OTHER = "other", "Something else"

    about = (
        about_person(by="person_id", empty={"person_id": None}),
        about_person(by="chosen_by_id", empty={"chosen_by_id": None}),
    )

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="records")
    person_id = models.UUIDField(null=True, db_index=True)
    version = models.ForeignKey(QuestionSetVersion, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # That it changes a record which is not here, as after an older backup was put back.
    supersedes_unknown = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=State, default=State.COUNTS)
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    sent_after_leaving = models.BooleanField(default=False)
    # Nothing where whoever wrote it finished it.
    unfinished = models.CharField(max_length=10, choices=Unfinished, blank=True, default="", db_default="")
    unfinished_why = models.CharField(max_length=500, blank=True, default="", db_default="")
    # Of several that differ this one was chosen: by whom, when, and when it had come. Nothing of a choice before that
    # was kept.
    chosen_by_id = models.UUIDField(null=True)
    chosen_at = models.DateTimeField(null=True)
    chosen_came_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=clock.now)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["counts", "replaced", "conflict"]), name="record_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(unfinished="", unfinished_why="")
                | models.Q(unfinished__in=["called_off", "refused", "delayed", "cut_short", "other"]),
                name="record_says_why_it_is_not_finished",
            ),
            models.CheckConstraint(
                condition=(models.Q(began_at=None) | models.Q(began_at__range=OF_A_CLOCK))
                & (models.Q(finished_at=None) | models.Q(finished_at__range=OF_A_CLOCK)),
                name="record_says_moments_of_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"Record {self.pk}"

    @property
    def stopped(self) -> str:
        """Why it is not finished, with the own words of whoever wrote it; nothing where it is."""
        return why_stopped(self.unfinished, self.unfinished_why)


def why_stopped(kind: str, words: str) -> str:
    """Why something is not finished, with somebody's own words; nothing where it is."""
    return ". ".join(filter(None, (Record.Unfinished(kind).label if kind else "", words)))


class Received(models.Model):
    """Bytes as they were sent, once for each instance id and content; pages can add them and change nothing."""

    about = about_person(by="person_id", empty={"person_id": None})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="received")
    person_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)
        constraints = [
            models.UniqueConstraint(fields=["record", "sha256"], name="the_same_bytes_are_received_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.sha256[:8]}"

"""Question sets, the draft of each, and the versions of it that can never change."""

import uuid

from django.db import models

from groups.models import Group
from kit import clock
from kit.erasure import about_nobody
from questions.querysets import QuestionSetQuerySet, QuestionSetVersionQuerySet


class QuestionSet(models.Model):
    """Questions that are asked together: a group's own, or one of ours, which every group can use."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    purpose = models.TextField(max_length=500, blank=True)
    # The sheets of an XLSForm (ADR 0070), and how often they were changed, so that nobody writes over another.
    draft = models.JSONField()
    edition = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ("title", "created_at")

    def __str__(self) -> str:
        return self.title


class QuestionSetVersion(models.Model):
    """A set as it was published: pages can add one, and neither change nor delete it (rights of the database)."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    form = models.JSONField()
    compiled = models.JSONField()
    md5 = models.CharField(max_length=32)
    published_at = models.DateTimeField(default=clock.now)

    objects = QuestionSetVersionQuerySet.as_manager()

    class Meta:
        ordering = ("question_set", "-number")
        constraints = [
            models.UniqueConstraint(fields=["question_set", "number"], name="question_set_version_has_its_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="question_set_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def is_retired(self) -> bool:
        """Whether no new visit can take it."""
        return hasattr(self, "retirement")


class Retirement(models.Model):
    """That no new visit takes a version any more; each one under way keeps it."""

    about = about_nobody()

    version = models.OneToOneField(
        QuestionSetVersion, on_delete=models.PROTECT, primary_key=True, related_name="retirement"
    )
    retired_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("retired_at",)

    def __str__(self) -> str:
        return f"{self.version_id} retired"

"""Published answers of all schemes, who follows which theme, and what was sent to them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from answers.querysets import LANGUAGE, PublishedAnswerQuerySet, ThemeFollowedQuerySet
from kit import clock
from kit.erasure import about_nobody, about_person
from kit.pair import DECISION_LABELS
from tenants.schemes.models import Scheme


def _weighed(column: str | Func, weight: str) -> SearchVector:
    return SearchVector(column, config=LANGUAGE, weight=weight)


class Joined(Func):
    """The words of an array, for a column that is generated: PostgreSQL's own function may change with a setting."""

    function = "public.published_answer_joined"
    output_field = models.TextField()


class PublishedAnswer(models.Model):
    """One answer as everybody can read it on its scheme's own site: a copy that goes when it goes there.

    It names nobody, and no row of a scheme's own tables but by an id (data rules 1 and 5).
    """

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    point_id = models.UUIDField()
    said = models.TextField()
    decision = models.CharField(max_length=8)
    answer = models.TextField()
    reason = models.TextField()
    who = models.CharField(max_length=60, blank=True)
    due = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    theme_code = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    theme_is_core = models.BooleanField(default=False)
    groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    group_labels = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    site_kind = models.CharField(max_length=12, blank=True)
    # By the rule of disclosure: 0 where it is too small to give, none where nobody wrote it down.
    people = models.PositiveIntegerField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    line = models.JSONField(default=list)
    says = models.TextField(blank=True)
    waits_again = models.BooleanField(default=False)
    helps = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    example_note = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()
    # When it came here with this answer: the weekly message counts by it, so that what came late is not left out.
    came_at = models.DateTimeField(default=clock.now)
    # The answer of another scheme that was followed.
    same_scheme_id = models.UUIDField(null=True, blank=True)
    same_point_id = models.UUIDField(null=True, blank=True)
    search = models.GeneratedField(
        expression=_weighed("said", "A")
        + _weighed("answer", "B")
        + _weighed("reason", "C")
        + _weighed("theme", "C")
        + _weighed(Joined("group_labels"), "C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-answered_at", "pk")
        indexes = [
            GinIndex(fields=["search"], name="published_answer_by_words"),
            GinIndex(fields=["groups"], name="published_answer_by_group"),
            models.Index(fields=["-answered_at", "id"], name="published_answer_newest"),
            models.Index(fields=["theme_code", "-answered_at", "id"], name="published_answer_by_theme"),
            # What there is to choose from is read off these alone.
            models.Index(
                fields=["theme_code", "theme"], condition=Q(theme_is_core=True), name="published_answer_themes"
            ),
            models.Index(fields=["groups", "group_labels"], condition=~Q(groups=[]), name="published_answer_groups"),
            models.Index(fields=["came_at"], name="published_answer_came"),
            models.Index(
                fields=["same_point_id"], condition=Q(same_point_id__isnull=False), name="published_answer_same"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "point_id"], name="published_answer_is_kept_once"),
            models.CheckConstraint(condition=~Q(said="") & ~Q(answer=""), name="published_answer_says_something"),
            models.CheckConstraint(
                condition=Q(decision__in=list(DECISION_LABELS)), name="published_answer_decision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(people=None) | Q(people=0) | Q(people__gte=10),
                name="published_answer_gives_no_small_number_of_people",
            ),
            models.CheckConstraint(
                condition=Q(same_scheme_id=None, same_point_id=None)
                | Q(same_scheme_id__isnull=False, same_point_id__isnull=False) & ~Q(same_scheme_id=F("scheme")),
                name="published_answer_is_the_same_as_anothers",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer of {self.answered_at:%-d %B %Y}"


class AnswersCheck(models.Model):
    """The last night in which the answers of a scheme were compared with its own site, word by word."""

    about = about_nobody()

    scheme = models.OneToOneField(Scheme, on_delete=models.PROTECT, related_name="+", primary_key=True)
    night = models.DateField()

    def __str__(self) -> str:
        return f"Night of {self.night:%-d %B %Y}"


class ThemeFollowed(models.Model):
    """One of the staff wants to hear once a week of new answers about a theme."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    theme_code = models.CharField(max_length=40)
    since = models.DateTimeField(default=clock.now)

    objects = ThemeFollowedQuerySet.as_manager()

    class Meta:
        ordering = ("theme_code",)
        constraints = [models.UniqueConstraint(fields=["person_id", "theme_code"], name="theme_is_followed_once")]

    def __str__(self) -> str:
        return self.theme_code


class Digest(models.Model):
    """That the week of somebody who follows themes was looked through: once, also where nothing was new."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    week = models.DateField()
    """The Monday on which it was due."""
    until = models.DateTimeField()
    """Up to which moment it looked: the next one begins there."""
    answers = models.PositiveIntegerField()
    themes = models.PositiveIntegerField()

    class Meta:
        ordering = ("-week",)
        constraints = [models.UniqueConstraint(fields=["person_id", "week"], name="digest_is_one_a_week")]

    def __str__(self) -> str:
        return f"Week of {self.week:%-d %B %Y}"

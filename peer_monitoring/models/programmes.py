"""What a group means to do: which places, how often, with which questions."""

import uuid

from django.db import models

from groups.models import Group
from kit import clock
from kit.erasure import about_nobody
from peer_monitoring.querysets import ProgrammeQuerySet, ProgrammeSiteQuerySet
from questions.models import QuestionSet
from tenants.schemes.models import Site


class Programme(models.Model):
    """A plan of a group: the places that it goes to and the questions that it asks there."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    ended_on = models.DateField(null=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("name", "created_at")

    def __str__(self) -> str:
        return self.name


class ProgrammeSite(models.Model):
    """A place of a programme, and after how many months the group means to go there again."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="places")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(default=6)

    objects = ProgrammeSiteQuerySet.as_manager()

    class Meta:
        ordering = ("programme", "id")
        constraints = [
            models.UniqueConstraint(fields=["programme", "site"], name="programme_goes_to_a_site_in_one_way"),
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=36), name="programme_goes_again_within_three_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} every {self.months} months"

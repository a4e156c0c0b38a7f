"""What somebody needs in order to read an answer, by the six steps of DAPB1605."""

import uuid

from django.db import models
from django.db.models import F, Q

from kit import clock
from kit.erasure import STAFF_ACT, about_person
from tenants.feedback.querysets.needs import NeedQuerySet
from tenants.feedback.rules import Form


class InformationNeed(models.Model):
    """What one person, or whoever holds one slip, needs at this scheme; shown at every point and telling of theirs.

    The steps: `asked_on`, `written_on` (by nobody: by the person), shown always, `shared_on` with whom, met at each
    telling (`Told.met_on`), and `review_on`, the day on which staff ask again.
    """

    about = [
        about_person(by="person_id", erase=True),
        about_person(by="written_by_id", keep=STAFF_ACT),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(null=True, blank=True, unique=True)
    slip = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=6, choices=Form)
    words = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField(default=clock.today)
    written_on = models.DateField(default=clock.today)
    written_by_id = models.UUIDField(null=True, blank=True)
    shared_with = models.CharField(max_length=200, blank=True)
    shared_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ("review_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=False, slip="") | Q(person_id=None) & ~Q(slip=""),
                name="need_is_of_a_person_or_a_slip",
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="need_form_is_known"),
            models.CheckConstraint(
                condition=~Q(form=Form.OTHER) | ~Q(words=""), name="need_of_another_form_says_which"
            ),
            models.CheckConstraint(
                condition=Q(shared_with="", shared_on=None) | ~Q(shared_with="") & Q(shared_on__isnull=False),
                name="need_shared_with_somebody_on_a_day",
            ),
            models.CheckConstraint(condition=Q(written_on__gte=F("asked_on")), name="need_written_down_after_asked"),
            models.CheckConstraint(condition=Q(review_on__gt=F("asked_on")), name="need_is_looked_at_again_later"),
            models.UniqueConstraint(fields=["slip"], condition=~Q(slip=""), name="need_once_for_a_slip"),
        ]

    def __str__(self) -> str:
        return self.words or self.get_form_display()

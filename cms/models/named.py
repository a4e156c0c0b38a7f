"""People whom the site names, as they want it: in a record of their own, so that no page and no revision holds it."""

import uuid

from django.db import models
from django.db.models import F, Q

from cms.models.consents import PictureConsent
from cms.models.pictures import Picture
from cms.querysets import NamedQuerySet
from kit import clock
from kit.erasure import about_person

NO_WORDS = {"name": "", "does": "", "words": "", "photo": None}


class Named(models.Model):
    """Somebody who agreed to be named: staff, a partner, a member of a group."""

    about = [
        about_person(by="person_id", empty=NO_WORDS | {"person_id": None, "erased": True}),
        about_person(by="recorded_by_id", keep="who of the staff wrote it down is part of the record"),
        about_person(by="withdrawn_by_id", keep="who of the staff took it back is part of the record"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    does = models.CharField(max_length=120)
    words = models.TextField(max_length=600, blank=True)
    photo = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="portrait_of")
    person_id = models.UUIDField(null=True, blank=True)
    explained = models.CharField(max_length=12, choices=PictureConsent.Explained)
    wording_version = models.CharField(max_length=40)
    agreed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.UUIDField(null=True, blank=True)
    erased = models.BooleanField(default=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "recorded_at", "pk")
        verbose_name_plural = "named people"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(does="") & ~Q(wording_version="")
                | Q(withdrawn_at__isnull=False)
                | Q(erased=True),
                name="named_says_who_and_what_they_do",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(name="", does="", words="", photo=None),
                name="named_taken_back_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by_id=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
                name="named_is_taken_back_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("agreed_on")), name="named_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Somebody who was taken off this site"

    @property
    def is_running(self) -> bool:
        """Whether the site may name them today."""
        lasts = self.until is None or self.until >= clock.today()
        return lasts and self.withdrawn_at is None and not self.erased

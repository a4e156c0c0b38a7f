"""That somebody agreed to be seen: in a picture of ours, or in a film that stands elsewhere (S3, S29)."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from cms.models.pictures import HOW_MANY, MOST_PEOPLE, Picture
from cms.querysets import FilmQuerySet
from kit import clock
from kit.erasure import about_nobody, about_person


class Film(models.Model):
    """A film that stands elsewhere: we hold none, and a page leads to it while everybody in it agrees."""

    about = about_nobody("The name and address of a film on another website.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    address = models.URLField(max_length=500)
    people = models.PositiveSmallIntegerField(HOW_MANY, validators=[MaxValueValidator(MOST_PEOPLE)])
    added_at = models.DateTimeField(default=clock.now)

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=["address"], name="film_stands_once")]

    def __str__(self) -> str:
        return self.title


class PictureConsent(models.Model):
    """One person's agreement to one picture or one film; another purpose asks for another agreement."""

    class Purpose(models.TextChoices):
        PHOTO = "photo", "A picture on this site"
        FILM = "film", "A film that this site leads to"

    class Explained(models.TextChoices):
        TALKED = "talked", "We talked it through"
        READ = "read", "They read it"
        EASY_READ = "easy_read", "With Easy Read or pictures"
        INTERPRETER = "interpreter", "With an interpreter or a signer"
        SUPPORTED = "supported", "With somebody they trust beside them"

    about = [
        about_person(by="person_id", empty={"who": "", "person_id": None, "erased": True}),
        about_person(by="recorded_by_id", keep="who of the staff wrote it down is part of the record"),
        about_person(by="withdrawn_by_id", keep="who of the staff took it back is part of the record"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=5, choices=Purpose)
    # Gone once anybody in it took it back: that they agreed, and until when, stays.
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, related_name="consents")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="consents")
    # Whoever wrote it down must find them again: "the woman on the left, comes on Tuesdays".
    who = models.CharField(max_length=200)
    person_id = models.UUIDField(null=True, blank=True)
    explained = models.CharField(max_length=12, choices=Explained)
    wording_version = models.CharField(max_length=40)
    agreed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.UUIDField(null=True, blank=True)
    erased = models.BooleanField(default=False)

    class Meta:
        ordering = ("agreed_on", "recorded_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="photo", film=None) | Q(purpose="film", picture=None, film__isnull=False),
                name="picture_consent_is_for_one_purpose",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("agreed_on")), name="picture_consent_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by_id=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
                name="picture_consent_is_taken_back_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(wording_version=""), name="picture_consent_says_which_wording"),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()

    @property
    def is_running(self) -> bool:
        """Whether it holds today."""
        lasts = self.until is None or self.until >= clock.today()
        return lasts and self.withdrawn_at is None and not self.erased

"""Words about somebody who is hurt or may be, on their way from a phone to the scheme's safeguarding lead."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person
from peer_monitoring.models.visits import Visit
from peer_monitoring.querysets import SiteConcernQuerySet


class Whom(models.TextChoices):
    """Who was told of a concern, or sees to it."""

    LEAD = "safeguarding_lead", "Safeguarding lead"
    MANAGER = "manager", "Manager"
    NATIONAL = "national", "National team"
    NOBODY = "nobody", "Nobody"


class Because(models.TextChoices):
    """Why nobody at the scheme sees to it, so that it went further, if not that nobody was there."""

    LATE = "late", "Nobody took it up"
    SHUT = "shut", "The scheme is suspended or closed"


class Step(models.TextChoices):
    """How far a concern has come, once it was passed on."""

    TOLD = "told", "Somebody was told"
    SEEN = "seen", "Somebody sees to it"
    DONE = "done", "Dealt with"


class SiteConcern(models.Model):
    """What somebody raised on a visit; its words go on at once, and are here no more once the scheme has them.

    `is_inside` is what whoever raised it said: that the team had been let in. What became of it at the scheme stands
    here, for whoever raised it and for the group's leads; no key leads from the scheme back to the visit.
    """

    about = about_person(by="person_id", empty={"person_id": None, "words": ""})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    id_on_phone = models.UUIDField(db_index=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(null=True, db_index=True)
    sha256 = models.CharField(max_length=64)
    words = models.TextField(blank=True)
    is_inside = models.BooleanField()
    # Where the visit was then; it may have been moved since. Nothing of what was raised before that was kept.
    site_then = models.CharField(max_length=120, blank=True, default="", db_default="")
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    passed_on_at = models.DateTimeField(null=True)
    # The concern of the scheme that it became.
    kept_as = models.UUIDField(null=True, db_index=True)
    told_to = models.CharField(max_length=20, choices=Whom, blank=True, default="", db_default="")
    told_at = models.DateTimeField(null=True)
    told_because = models.CharField(max_length=4, choices=Because, blank=True, default="", db_default="")
    seen_by = models.CharField(max_length=20, choices=Whom, blank=True, default="", db_default="")
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = SiteConcernQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)
        constraints = [
            models.UniqueConstraint(fields=["id_on_phone", "sha256"], name="the_same_concern_is_received_once"),
            models.CheckConstraint(condition=Q(passed_on_at=None) | Q(words=""), name="concern_passed_on_has_no_words"),
            models.CheckConstraint(
                condition=Q(told_to="", told_at=None)
                | Q(told_to__in=["safeguarding_lead", "manager", "national", "nobody"], told_at__isnull=False),
                name="site_concern_says_who_was_told_and_when",
            ),
            models.CheckConstraint(
                condition=Q(told_because="") | Q(told_because__in=["late", "shut"], told_to__in=["national", "nobody"]),
                name="site_concern_says_why_it_went_further",
            ),
            models.CheckConstraint(
                condition=Q(seen_by="", seen_at=None)
                | Q(seen_by__in=["safeguarding_lead", "manager"], seen_at__isnull=False),
                name="site_concern_says_who_sees_to_it_and_since",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(seen_at__isnull=False), name="site_concern_is_seen_before_it_is_done"
            ),
            models.UniqueConstraint(
                fields=["kept_as"], condition=Q(kept_as__isnull=False), name="site_concern_is_kept_as_one_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"A concern on {self.visit_id}"

    @property
    def where(self) -> str:
        """The place where it was raised."""
        return self.site_then or self.visit.site.name

    @property
    def is_seen_to(self) -> bool:
        """Whether somebody at the scheme sees to it, and the scheme was not suspended or closed since."""
        if self.seen_at is None:
            return False
        return self.told_because != Because.SHUT or self.told_at is None or self.told_at < self.seen_at

    @property
    def may_be_taken_up(self) -> bool:
        """Whether somebody at the scheme is still to take it up, and can: not where it is suspended or closed."""
        return self.seen_at is None and not self.went_nowhere and self.visit.site.scheme.is_open

    @property
    def went_nowhere(self) -> bool:
        """Whether whoever raised it was erased, and their words with them, before the scheme had it."""
        return self.person_id is None and self.passed_on_at is None

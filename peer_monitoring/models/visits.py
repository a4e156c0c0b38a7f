"""A visit: where, when, who goes, whether the scheme knows, and how far it has come."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from groups.models import Group
from kit import clock
from kit.dates import day_and_time
from kit.erasure import about_nobody, about_person
from peer_monitoring.models.programmes import Programme
from peer_monitoring.querysets import SeatQuerySet, TroubleQuerySet, VisitQuerySet
from questions.models import QuestionSetVersion
from tenants.schemes.models import Site

# The same words wherever it is said why, also in the app (`words.js`).
NOT_LET_IN, LET_IN_LATE, HAD_TO_LEAVE = "We were not let in", "We were let in late", "We had to leave early"
# How long after its day a team may need to ring somebody.
NUMBER_KEPT_FOR = timedelta(days=7)


class Visit(models.Model):
    """One visit of a group to a place of a scheme, announced to the scheme or held back from it (ADR 0069).

    planned → announced or held back → under way → logged → closed; or cancelled before it is logged.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        ANNOUNCED = "announced", "Announced"
        HELD_BACK = "held_back", "Held back"
        UNDER_WAY = "under_way", "Under way"
        LOGGED = "logged", "Logged"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Called off"

    about = about_person(by="to_ring_of_id", empty={"to_ring": "", "to_ring_of_id": None})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="visits")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    scheme_id = models.UUIDField(db_index=True)
    version = models.ForeignKey(QuestionSetVersion, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts_at = models.TimeField(null=True)
    is_held_back = models.BooleanField()
    photos_allowed = models.BooleanField(default=False)
    # Since when they are not, where they were once it was settled: a phone may have taken some by then.
    photos_off_at = models.DateTimeField(null=True)
    meeting_point = models.CharField(max_length=300, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    # A name and a telephone number, and whose it is: kept until it is over, or a week after its day.
    to_ring = models.CharField(max_length=120, blank=True, default="", db_default="")
    to_ring_of_id = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    logged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    # Places that it was to go to before, once it was settled: `[name, until when]`, the first one first.
    places_before = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    # How often its plan changed: calendars ask for it.
    changes = models.PositiveIntegerField(default=0, db_default=0)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("day", "starts_at", "created_at")
        # The clock looks every minute for those whose week is over.
        indexes = [models.Index(fields=["day"], condition=~Q(to_ring=""), name="visit_names_somebody_to_ring")]
        constraints = [
            models.CheckConstraint(condition=Q(began_at=None) | Q(ready_at__isnull=False), name="visit_begins_ready"),
            models.CheckConstraint(condition=Q(logged_at=None) | Q(began_at__isnull=False), name="visit_logged_after"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(logged_at__isnull=False), name="visit_closed_last"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(logged_at=None), name="visit_that_is_logged_is_not_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(to_ring="") | Q(closed_at=None, cancelled_at=None), name="nobody_is_rung_once_it_is_over"
            ),
            models.CheckConstraint(
                condition=Q(to_ring="", to_ring_of_id=None) | ~Q(to_ring="") & Q(to_ring_of_id__isnull=False),
                name="number_to_ring_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(photos_off_at=None) | Q(photos_allowed=False),
                name="photos_are_off_since_then",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.day:%-d %B %Y}"

    @property
    def when(self) -> str:
        """Its day in words, with the time where one was said."""
        return day_and_time(self.day, self.starts_at)

    @property
    def state(self) -> State:
        """How far it has come."""
        reached = (
            (self.cancelled_at, self.State.CANCELLED),
            (self.closed_at, self.State.CLOSED),
            (self.logged_at, self.State.LOGGED),
            (self.began_at, self.State.UNDER_WAY),
            (self.ready_at, self.State.HELD_BACK if self.is_held_back else self.State.ANNOUNCED),
        )
        return next((state for moment, state in reached if moment), self.State.PLANNED)

    def place_at(self, moment: datetime) -> str:
        """Where it was to be at a moment since it was settled, as its plan stood then."""
        before = (name for name, until in self.places_before if moment < datetime.fromisoformat(until))
        return next(before, self.site.name)

    def lets_photos_in(self, began_at: datetime | None) -> bool:
        """Whether what somebody began then may bring photos: they are allowed, or were by then."""
        were = began_at is not None and self.photos_off_at is not None and began_at < self.photos_off_at
        return self.photos_allowed or were

    @property
    def can_change(self) -> bool:
        """Whether where, when and who can still be changed."""
        return self.began_at is None and self.cancelled_at is None

    @property
    def is_on(self) -> bool:
        """Whether its team may go in: it is settled, and neither logged nor called off."""
        return self.ready_at is not None and self.logged_at is None and self.cancelled_at is None

    @property
    def is_hidden(self) -> bool:
        """Whether nobody at the scheme can see it yet, though it is settled, and perhaps under way."""
        return self.is_held_back and self.is_on

    @property
    def names_no_place(self) -> bool:
        """Whether titles and names of files leave the place out: a browser keeps them for whoever has it next."""
        return self.is_held_back and self.logged_at is None

    @property
    def only_ringing_changes(self) -> bool:
        """Whether it has begun and goes on: whom to ring is all of its plan that can still be said."""
        goes_on = self.began_at is not None and self.cancelled_at is None and self.closed_at is None
        return goes_on and self.day >= clock.today() - NUMBER_KEPT_FOR


class Seat(models.Model):
    """Somebody on the team of a visit, and what they need on that day."""

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="seats")
    person_id = models.UUIDField(db_index=True)
    needs = models.TextField(max_length=500, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)
    # Where and when the visit was to be when they left: what the plan became since is not theirs to know.
    site_then = models.CharField(max_length=120, blank=True, default="", db_default="")
    day_then = models.DateField(null=True)
    starts_then = models.TimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("added_at",)
        constraints = [
            models.UniqueConstraint(fields=["visit", "person_id"], name="visit_seat_is_held_once"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("added_at")), name="visit_seat_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"A seat on {self.visit_id}"


class Trouble(models.Model):
    """What kept a team from a visit, or cut it short: who said so in which role, why, and for how many minutes."""

    class Kind(models.TextChoices):
        DELAYED = "delayed", LET_IN_LATE
        REFUSED = "refused", NOT_LET_IN
        CUT_SHORT = "cut_short", HAD_TO_LEAVE
        AREA = "area", "We were not shown a part"

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="troubles")
    kind = models.CharField(max_length=10, choices=Kind)
    by_role = models.CharField(max_length=120)
    why = models.CharField(max_length=500)
    minutes = models.PositiveSmallIntegerField(null=True)
    noted_at = models.DateTimeField(default=clock.now)

    objects = TroubleQuerySet.as_manager()

    class Meta:
        ordering = ("noted_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["delayed", "refused", "cut_short", "area"]), name="visit_trouble_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

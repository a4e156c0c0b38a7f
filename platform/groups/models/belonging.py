"""Groups of people that belong to no single scheme: who belongs, who is invited, for whom they speak."""

import uuid

from django.db import models
from django.db.models import F, Q

from groups import seats
from groups.querysets import GroupInvitationQuerySet, GroupMembershipQuerySet, GroupQuerySet
from kit import clock
from kit.erasure import about_nobody, about_person


class Group(models.Model):
    """A user-led group that monitors schemes, or a reference group with members from several."""

    class Kind(models.TextChoices):
        USER_LED = "user_led", "User-led group"
        REFERENCE = "reference", "Reference group"

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="group_slug_is_its_own"),
            models.CheckConstraint(condition=Q(kind__in=["user_led", "reference"]), name="group_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_seats(self) -> tuple[seats.Seat, ...]:
        """The seats that this kind of group has."""
        return seats.SEATS[self.kind]

    @property
    def is_user_led(self) -> bool:
        """Whether this group visits schemes, and agrees with them."""
        return self.kind == self.Kind.USER_LED


class GroupMembership(models.Model):
    """One person's seat in a group: as themselves, unless the group says for whom they speak (S72)."""

    Seat = seats.Seat

    class Capacity(models.TextChoices):
        INDIVIDUAL = "individual", "As myself"
        REPRESENTATIVE = "representative", "For this group"

    about = about_person(by="person_id", erase=True)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person_id = models.UUIDField(db_index=True)
    seat = models.CharField(max_length=10, choices=seats.Seat)
    capacity = models.CharField(max_length=16, choices=Capacity, default=Capacity.INDIVIDUAL)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person_id"], condition=Q(until=None), name="group_seat_is_held_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="group_seat_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(seat__in=seats.Seat.values), name="group_seat_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_seat_display()} of {self.group}"


class GroupInvitation(models.Model):
    """An invitation to a seat in a group, for one e-mail address, once, within 72 hours; only its hash is kept."""

    about = [
        about_person(by="accepted_by_id", erase=True),
        about_person(by="invited_by_id", empty={"invited_by_id": None}),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    seat = models.CharField(max_length=10, choices=seats.Seat)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by_id = models.UUIDField(null=True)
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by_id=None)
                | Q(accepted_at__isnull=False, accepted_by_id__isnull=False),
                name="group_invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="group_invitation_not_accepted_and_withdrawn",
            ),
            models.CheckConstraint(condition=Q(seat__in=seats.Seat.values), name="group_invitation_seat_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.group)

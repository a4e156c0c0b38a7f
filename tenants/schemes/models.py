"""The boundary: which schemes there are, under which hosts, at which sites, and who works for them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_tenants.models import DomainMixin, TenantMixin

from kit import clock
from kit.erasure import STAFF_ACT, about_nobody, about_person
from tenants.schemes.querysets import (
    AbsenceQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    NationalRoleQuerySet,
    SchemeQuerySet,
    SiteQuerySet,
)
from tenants.schemes.rights import NationalRoleName, Role


class Scheme(TenantMixin):
    """One Liaison and Diversion scheme: a tenant with a schema, a site and staff of its own."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        SUSPENDED = "suspended", "Suspended"
        CLOSED = "closed", "Closed"

    about = about_nobody()
    auto_create_schema = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40)
    area = models.CharField(max_length=120)
    provider = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(default=clock.now)
    closed_on = models.DateField(null=True, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="scheme_slug_is_its_own"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "suspended", "closed"]), name="scheme_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether its site answers, and its staff can read what waits there."""
        return self.status == self.Status.OPEN

    @property
    def host(self) -> str:
        """The host of this scheme's own site, without a port."""
        return f"{self.slug}.{settings.PLATFORM_HOST}"

    @property
    def origin(self) -> str:
        """Where this scheme's site begins, such as `http://willowford.alongside.localhost:8000`."""
        return settings.PLATFORM_ORIGIN.replace("://", f"://{self.slug}.", 1)


class Domain(DomainMixin):
    """A host name that leads to a scheme."""

    about = about_nobody()

    class Meta:
        ordering = ("domain",)


class Site(models.Model):
    """A place where a scheme meets people: a custody suite, a court, a voluntary-attendance room, the community."""

    class Kind(models.TextChoices):
        CUSTODY = "custody", "Custody suite"
        VOLUNTARY = "voluntary", "Voluntary attendance"
        MAGISTRATES = "magistrates", "Magistrates’ court"
        YOUTH = "youth", "Youth court"
        CROWN = "crown", "Crown Court"
        COMMUNITY = "community", "Community"

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    closed_on = models.DateField(null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="site_name_is_its_own_in_a_scheme"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role at one scheme, from a day to a day."""

    about = [about_person(by="person_id", erase=True), about_person(by="by_id", keep=STAFF_ACT)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)
    by_id = models.UUIDField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        indexes = [models.Index(fields=["person_id", "scheme"], name="membership_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.UniqueConstraint(
                fields=["person_id", "scheme", "role"], condition=Q(until=None), name="membership_runs_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.scheme}"


class Absence(models.Model):
    """That somebody is away from their scheme from one day to another, both included, and who covers for them."""

    about = [
        about_person(by="person_id", erase=True),
        about_person(by="cover_id", erase=True),
        about_person(by="by_id", keep=STAFF_ACT),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="absences")
    person_id = models.UUIDField()
    cover_id = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField()
    by_id = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("first_day",)
        indexes = [models.Index(fields=["scheme", "last_day"], name="absence_at_a_scheme")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(cover_id=F("person_id")), name="absence_is_covered_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class NationalRole(models.Model):
    """One person's national role, or that of an operator, from a day to a day."""

    about = [about_person(by="person_id", erase=True), about_person(by="by_id", keep=STAFF_ACT)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20, choices=NationalRoleName)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)
    by_id = models.UUIDField(null=True)

    objects = NationalRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="national_role_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=NationalRoleName.values), name="national_role_is_known"),
            models.UniqueConstraint(
                fields=["person_id", "role"], condition=Q(until=None), name="national_role_runs_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Invitation(models.Model):
    """An invitation to one role at one scheme, for one e-mail address, once, within 72 hours; only its hash is kept."""

    about = [about_person(by="accepted_by_id", erase=True), about_person(by="invited_by_id", keep=STAFF_ACT)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by_id = models.UUIDField(null=True)
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at",)
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by_id=None)
                | Q(accepted_at__isnull=False, accepted_by_id__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_not_accepted_and_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.scheme}"


class SchemaState(models.Model):
    """The migrations a schema was last brought up to, as one hash: a deploy with nothing new visits no schema."""

    about = about_nobody()

    schema_name = models.CharField(max_length=63, primary_key=True)
    migrations_hash = models.CharField(max_length=64)
    dump = models.TextField(blank=True)  # of the template alone: what a new scheme is copied from
    brought_up_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.schema_name

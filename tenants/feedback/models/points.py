"""What was said, and who said it."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from kit import clock
from kit.erasure import about_nobody, about_person
from tenants.feedback import rules
from tenants.feedback.models.lists import GroupTag, Partner, Theme
from tenants.feedback.querysets.points import LANGUAGE, WAITS_FIRST, PointQuerySet, SayerQuerySet
from tenants.feedback.rules import BY_HAND, MESSAGES, Basis, Channel, Kind, Method, Purpose, Relation, Stage

NO_WORDS = {
    "said": "",
    "said_whole": "",
    "public_words": "",
    "public_words_approved_at": None,
    "public_words_by_id": None,
}


class Point(models.Model):
    """One thing that was said. What was said is private; the public reads `public_words`, once they may be shown."""

    about = [
        about_person(by="only_person_id", empty=NO_WORDS | {"only_person_id": None}),
        about_person(by="logged_by_id", keep="who of the staff wrote it down is part of the record"),
        about_person(by="seen_by_id", keep="who of the staff saw it is part of the record"),
        about_person(by="passed_on_by_id", keep="who of the staff passed it on is part of the record"),
        about_person(by="public_words_by_id", keep="who of the staff approved the words is part of the record"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    said = models.TextField(blank=True)
    # Where it said two things and was taken apart: all that was said, as it was said.
    said_whole = models.TextField(blank=True, default="", db_default="")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    # Set when one person alone said it: the words are then theirs, and go when they are erased.
    only_person_id = models.UUIDField(null=True, blank=True)
    public_words = models.TextField(blank=True)
    public_words_approved_at = models.DateTimeField(null=True, blank=True)
    public_words_by_id = models.UUIDField(null=True, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="points")
    # Sites stand in the public schema, and no foreign key crosses schemas.
    site_id = models.UUIDField(null=True, blank=True)
    groups = models.ManyToManyField(GroupTag, through="PointGroup", related_name="points")
    how_many = models.PositiveIntegerField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(default=clock.today)
    reopened_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=20, choices=Method)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SAID)
    # The day by which the next step is promised: the register is sorted by it. Nothing is due once it is claimed done.
    due_on = models.DateField(null=True, blank=True)
    # Who sees to it now, before it is decided as well as after: a member of staff, whom the public reads as a role.
    owner_membership_id = models.UUIDField(null=True, blank=True, db_index=True)
    owner_role = models.CharField(max_length=60, blank=True, default="", db_default="")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by_id = models.UUIDField(null=True, blank=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="points")
    example_note = models.CharField(max_length=120, blank=True)
    logged_by_id = models.UUIDField(null=True, blank=True)
    # Set where it says the same as another, which is decided about for both (ADR 0049).
    answered_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")
    # Of points that are answered together: the words for the website were written without this one.
    words_left_out = models.BooleanField(default=False, db_default=False)
    # Staff saw harm in it: its words are with the safeguarding lead, and nothing of them is left here (ADR 0041).
    passed_on_at = models.DateTimeField(null=True, blank=True)
    passed_on_by_id = models.UUIDField(null=True, blank=True)
    import_key = models.UUIDField(null=True, blank=True)
    client_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ("-received_on", "-created_at")
        indexes = [
            models.Index(fields=["stage", "due_on"], name="point_by_clock"),
            models.Index(WAITS_FIRST, "due_on", "received_on", "id", name="point_in_order"),
            GinIndex(SearchVector("said", "public_words", config=LANGUAGE), name="point_by_words"),
            GinIndex(SearchVector("public_words", config=LANGUAGE), name="point_by_public_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["import_key"], name="point_imported_once"),
            models.UniqueConstraint(fields=["client_key"], name="point_sent_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="point_stage_is_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="point_method_is_known"),
            models.CheckConstraint(
                condition=Q(said_on=None) | Q(said_on__lte=F("received_on")), name="point_said_before_it_was_received"
            ),
            models.CheckConstraint(
                condition=Q(received_on__lte=TruncDate("created_at", tzinfo=clock.LONDON)),
                name="point_received_before_it_was_written_down",
            ),
            models.CheckConstraint(
                condition=Q(public_words_approved_at=None, public_words_by_id=None)
                | (Q(public_words_approved_at__isnull=False) & ~Q(public_words="")),
                name="point_approved_words_are_words",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=False) | Q(stage=Stage.SAID, seen_by_id=None),
                name="point_past_said_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=rules.OPEN) | Q(due_on__isnull=False), name="point_waiting_has_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(owner_membership_id=None, owner_role="")
                | Q(owner_membership_id__isnull=False) & ~Q(owner_role=""),
                name="point_owner_has_a_role",
            ),
            models.CheckConstraint(
                condition=Q(answered_with=None) | ~Q(answered_with=F("pk")), name="point_is_answered_with_another"
            ),
            models.CheckConstraint(
                condition=Q(split_from=None) | Q(said="") | ~Q(said_whole=""), name="point_part_keeps_the_whole"
            ),
            models.CheckConstraint(
                condition=Q(passed_on_at=None, passed_on_by_id=None)
                | Q(passed_on_at__isnull=False, passed_on_by_id__isnull=False, said="", said_whole="")
                & Q(only_person_id=None),
                name="point_passed_on_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Point of {self.received_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:point", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.stage in rules.OPEN and not self.is_erased

    @property
    def is_erased(self) -> bool:
        """Whether its words are gone, with the only one who said them, and nobody said the same: none is left."""
        return not self.said and not any(one.said for one in self.joined.all())

    @property
    def as_it_was_said(self) -> list[str]:
        """Its words, and all that was said where it is a part of that.

        None of a finding: an organisation wrote it down in words of its own, by which nobody is known.
        """
        if self.partner_id:
            return []
        return [words for words in (self.said, self.said_whole) if words]

    @property
    def why_empty(self) -> str:
        """Why its words are not here, to staff: where they went it says only that they did."""
        return "This was passed on." if self.passed_on_at else "The words were erased."

    @property
    def carrier(self) -> Point:
        """The point whose decisions answer this one: itself, or the one that it is answered with."""
        return self.answered_with or self

    @property
    def was_written_down(self) -> bool:
        """Whether staff wrote it down, or a file brought it in. What somebody sent came on the day they sent it."""
        return self.logged_by_id is not None or self.partner_id is not None

    @property
    def written_on(self) -> date:
        """The day on which it came into the register, in London."""
        return self.created_at.astimezone(clock.LONDON).date()

    @property
    def waits_since(self) -> date:
        """The day from which the clocks of seeing and deciding run: when it came, or when it was opened again."""
        return self.reopened_on or self.received_on

    @property
    def words_are_approved(self) -> bool:
        return self.public_words_approved_at is not None


class PointGroup(models.Model):
    """A point came from people of a group; a finding belongs to its group and is never merged away (S78 to S80)."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE)
    group = models.ForeignKey(GroupTag, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "group"], name="point_came_from_a_group_once")]

    def __str__(self) -> str:
        return f"{self.group}"


class Sayer(models.Model):
    """One of those who said a point. They are told first, and they alone can confirm that it changed."""

    about = about_person(
        by="person_id",
        empty={
            "kind": Kind.GONE, "person_id": None, "relation": Relation.NOT_SAID, "channel": Channel.PAGE,
            "words_in_message": False, "worker": "",
        },
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="sayers")
    kind = models.CharField(max_length=8, choices=Kind)
    person_id = models.UUIDField(null=True, blank=True, db_index=True)
    slip = models.CharField(max_length=64, blank=True, db_index=True)  # the fingerprint of its code, never the code
    speaks_for = models.ForeignKey(GroupTag, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    relation = models.CharField(max_length=16, choices=Relation, default=Relation.NOT_SAID)
    channel = models.CharField(max_length=6, choices=Channel)
    words_in_message = models.BooleanField(default=False)
    # Who tells them when they see them.
    worker = models.CharField(max_length=120, blank=True, default="", db_default="")
    agreed_at = models.DateTimeField(default=clock.now)
    with_help = models.BooleanField(default=False, db_default=False)  # a supporter wrote it down, beside them

    objects = SayerQuerySet.as_manager()

    class Meta:
        ordering = ("agreed_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.PERSON, Kind.REPORTER], person_id__isnull=False, slip="")
                | Q(kind=Kind.SLIP, person_id=None) & ~Q(slip="")
                | Q(kind=Kind.GONE, person_id=None, slip=""),
                name="sayer_is_a_person_or_a_slip",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.REPORTER) | Q(speaks_for__isnull=False), name="sayer_reporter_speaks_for_a_group"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.SLIP, channel__in=[Channel.SLIP, *BY_HAND])
                | ~Q(kind=Kind.SLIP) & Q(channel__in=[*MESSAGES, Channel.PAGE, *BY_HAND]),
                name="sayer_can_be_told_this_way",
            ),
            models.CheckConstraint(
                condition=Q(words_in_message=False) | Q(channel__in=MESSAGES), name="sayer_has_words_only_in_a_message"
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.WORKER) & ~Q(worker="") | ~Q(channel=Channel.WORKER) & Q(worker=""),
                name="sayer_has_a_worker_only_for_telling",
            ),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="sayer_relation_is_known"),
            models.UniqueConstraint(
                fields=["point", "person_id"], condition=Q(person_id__isnull=False), name="sayer_said_a_point_once"
            ),
            models.UniqueConstraint(fields=["point", "slip"], condition=~Q(slip=""), name="sayer_slip_once_at_a_point"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def reference(self) -> str:
        """A number to write beside an address in the scheme's own records: one for whoever holds a slip, whatever they
        said with it. It opens nothing, and nothing can be worked out from it.

        Ten figures and two that check them (ISO 7064, MOD 97-10): with one figure wrong, or two that stand side by side
        swapped, it is nobody's.
        """
        drawn = int(hashlib.sha256(f"reference:{self.whose}".encode()).hexdigest(), 16) % 10**10 * 100
        figures = f"{drawn + 98 - drawn % 97:012}"
        return f"{figures[:4]} {figures[4:8]} {figures[8:]}"

    @property
    def whose(self) -> uuid.UUID | str:
        """The person, or the slip: whoever said the same at several points has one voice."""
        return self.person_id or self.slip or self.pk

    @property
    def speaks_as(self) -> tuple[object, uuid.UUID | None]:
        """Whose voice it is: their own, or that of each group which they speak for."""
        return self.whose, self.speaks_for_id

    @property
    def voice(self) -> rules.Voice:
        """As whom they confirm: for their group when they speak for one, else for themselves."""
        return rules.Voice.REPORTER if self.speaks_for_id else rules.Voice.SAYER


class Consent(models.Model):
    """Explicit, informed consent for one purpose (S3), or that of somebody with parental responsibility (S4)."""

    about = about_person(
        by="sayer__person_id",
        empty={
            "giver_name": "erased",
            "giver_relationship": "erased",
            "evidence_seen": "erased",
            "child_view": "erased",
            "review_on": None,
        },
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sayer = models.ForeignKey(Sayer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=Purpose)
    basis = models.CharField(max_length=24, choices=Basis, default=Basis.CONSENT)
    what = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200)
    wording_version = models.CharField(max_length=40)
    explained_how = models.CharField(max_length=200)
    giver_name = models.CharField(max_length=120, blank=True)
    giver_relationship = models.CharField(max_length=120, blank=True)
    evidence_seen = models.CharField(max_length=200, blank=True)
    child_view = models.TextField(blank=True)
    # When a parent agreed: from when the child, 16 or 18 by then, is asked. Only the month, never a day of birth (S4).
    review_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("given_at", "purpose")
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="consent_basis_is_known"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(to_whom="") & ~Q(wording_version="") & ~Q(explained_how=""),
                name="consent_says_what_to_whom_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.PARENT)
                | ~Q(giver_name="") & ~Q(giver_relationship="") & ~Q(evidence_seen="") & ~Q(child_view=""),
                name="consent_of_a_parent_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(basis=Basis.PARENT, review_on__day=1), name="consent_review_is_a_month"
            ),
            models.UniqueConstraint(
                fields=["sayer", "purpose"], condition=Q(withdrawn_at=None), name="consent_runs_once_for_a_purpose"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()

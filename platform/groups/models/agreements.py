"""What schemes and user-led groups agreed."""

import uuid

from django.db import models
from django.db.models import F, Q

from groups.models.belonging import Group
from groups.querysets import AgreementQuerySet, OfADecisionQuerySet, OfAnAgreementQuerySet
from kit import clock
from kit.erasure import about_person


class Written(models.Model):
    """What somebody of one of the two sides wrote; the side stays when they are gone."""

    about = about_person(by="by_id", empty={"by_id": None})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by_id = models.UUIDField(null=True)

    class Meta:
        abstract = True


class Agreement(Written):
    """What a scheme and a user-led group agreed: members of the group may see what the scheme shares with it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="agreements")
    scheme_id = models.UUIDField(db_index=True)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)
    contact_role = models.CharField(max_length=120, blank=True, db_default="", default="")
    contact_way = models.CharField(max_length=120, blank=True, db_default="", default="")
    payment = models.TextField(max_length=500, blank=True, db_default="", default="")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["group", "scheme_id"], condition=Q(until=None), name="agreement_runs_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="agreement_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} from {self.since}"

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.since <= clock.today()

    @property
    def is_over(self) -> bool:
        """Whether the day on which it ends has come."""
        return self.until is not None and self.until <= clock.today()


class _UnderAnAgreement(Written):
    """What was agreed or decided under it, until that is taken back."""

    withdrawn_on = models.DateField(null=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = OfAnAgreementQuerySet.as_manager()

    class Meta:
        abstract = True


class AgreedResource(_UnderAnAgreement):
    """What a scheme hands over so that the group can decide (S47): money, people's time, rooms or other things."""

    class Kind(models.TextChoices):
        MONEY = "money", "Money"
        TIME = "time", "People’s time"
        OTHER = "other", "Rooms or other things"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=10, choices=Kind)
    pounds = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField()
    received_on = models.DateField(null=True)

    class Meta:
        ordering = ("agreed_on", "added_at")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["money", "time", "other"]), name="resource_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="money", pounds__gt=0) | (~Q(kind="money") & Q(pounds=None) & ~Q(words="")),
                name="resource_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(withdrawn_on=None), name="resource_not_received_and_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.pounds:,}" if self.pounds else self.words


class GroupDecision(_UnderAnAgreement):
    """What a group decided under an agreement, and by when it is to happen (S47). The scheme has no say in it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField(max_length=1000)
    decided_on = models.DateField()
    due = models.DateField()

    class Meta:
        ordering = ("-decided_on", "-added_at")
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="group_decision_says_what"),
            models.CheckConstraint(
                condition=Q(due__gte=F("decided_on")), name="group_decision_is_due_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class _AboutADecision(Written):
    """What a side says of whether it has happened."""

    objects = OfADecisionQuerySet.as_manager()

    class Meta:
        abstract = True


class DeliveryReport(_AboutADecision):
    """What the scheme says about whether a decision of the group has happened; a later one stands beside it."""

    class State(models.TextChoices):
        DONE = "done", "Done"
        UNDER_WAY = "under_way", "Under way"
        NOT_YET = "not_yet", "Not yet"

    decision = models.ForeignKey(GroupDecision, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, choices=State)
    day = models.DateField()
    words = models.TextField(max_length=1000)
    reported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-reported_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "under_way", "not_yet"]), name="delivery_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="delivery_report_has_words"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class DeliveryAnswer(_AboutADecision):
    """The group's own answer whether what it decided has happened; a later one stands beside it."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    decision = models.ForeignKey(GroupDecision, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-answered_at",)
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["yes", "partly", "no"]), name="delivery_answer_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

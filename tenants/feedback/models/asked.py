"""That those who said a point are asked whether it changed (ADR 0054)."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person
from tenants.feedback import rules
from tenants.feedback.models.points import Sayer
from tenants.feedback.models.rounds import Round
from tenants.feedback.querysets.asked import AskedQuerySet
from tenants.feedback.rules import Channel, TellingState

DO = {
    Channel.LETTER.value: "Post a letter that asks: did it change?",
    Channel.WORKER.value: "Ask {through} to ask them: did it change?",
}


class Asked(models.Model):
    """One of those who said it is asked about one round, once, by their own way; it ends like a telling.

    `code` is the fingerprint of what a letter or a worker carries; it opens this question alone, until `until`.
    """

    about = about_person(by="sayer__person_id", empty={"through": "", "word_id": None, "code": "", "until": None})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="askings")
    sayer = models.ForeignKey(Sayer, on_delete=models.CASCADE, related_name="askings")
    channel = models.CharField(max_length=6, choices=Channel)
    state = models.CharField(max_length=10, choices=TellingState, default=TellingState.PENDING)
    asked_on = models.DateField(default=clock.today)
    ended_at = models.DateTimeField(null=True, blank=True)
    task_note = models.CharField(max_length=300, blank=True)
    through = models.CharField(max_length=120, blank=True)
    word_id = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ("asked_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["round", "sayer"], name="asked_each_sayer_once_in_a_round"),
            models.CheckConstraint(condition=Q(state__in=TellingState.values), name="asked_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="asked_by_a_way_that_is_known"),
            models.CheckConstraint(
                condition=Q(state=TellingState.PENDING, ended_at=None)
                | ~Q(state=TellingState.PENDING) & Q(ended_at__isnull=False),
                name="asked_has_ended_or_is_pending",
            ),
            models.CheckConstraint(
                condition=~Q(state=TellingState.FAILED) | ~Q(task_note=""), name="asked_failed_says_what_to_do"
            ),
            models.CheckConstraint(
                condition=Q(code="", until=None) | ~Q(code="") & Q(until__isnull=False), name="asked_code_has_an_end"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="asked_code_opens_one_question"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def until_day(self) -> date | None:
        """The last day on which the code works, as it stands in a letter."""
        return self.until.astimezone(clock.LONDON).date() if self.until else None

    @property
    def code_works(self) -> bool:
        return self.until is not None and self.until > clock.now()

    @property
    def can_work_longer(self) -> bool:
        """Whether whoever gets the code today has less than the whole time to answer."""
        return self.until_day is not None and self.until_day < rules.question_open_until(clock.today())

    @property
    def task(self) -> str:
        """What somebody has to do, so that they are asked."""
        return self.task_note or DO.get(self.channel, "").format(through=self.through)

"""Adjectives for questions whether it changed, and for their answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kit import clock
from tenants.feedback import rules
from tenants.feedback.querysets.rounds import days_since, rounds
from tenants.feedback.rules import Kind, TellingState

if TYPE_CHECKING:
    from tenants.feedback.models.asked import Asked
    from tenants.feedback.models.points import Sayer
    from tenants.feedback.models.rounds import Confirmation  # noqa: F401 (named in strings below)


class AskedQuerySet(models.QuerySet["Asked"]):
    def standing(self) -> Self:
        """Those about what was decided last, until whoever is asked was erased, or what they said was passed on."""
        latest = rounds().latest_of_its_point().filter(pk=OuterRef("round"))
        return self.filter(Exists(latest), sayer__point__passed_on_at=None).exclude(sayer__kind=Kind.GONE)

    def not_asked_yet(self) -> Self:
        """Those that did not reach anybody."""
        return self.filter(state__in=(TellingState.PENDING, TellingState.FAILED))

    def by_code(self, fingerprint: str) -> Self:
        """The question that a code of a letter opens, as long as it does."""
        return self.filter(code=fingerprint, until__gt=clock.now())

    def for_a_human(self) -> Self:
        """Those whom somebody must ask, as long as there is something to ask and they have not answered."""
        to_do = Q(state=TellingState.PENDING, channel__in=rules.BY_HAND) | Q(state=TellingState.FAILED)
        return self.to_answer().filter(to_do)

    def to_answer(self) -> Self:
        """Those that there is still something to ask about, and that were not answered in the same voice.

        What others answered ends nothing: after their "no" this voice is still asked, until something new is decided.
        """
        given = apps.get_model("feedback", "Confirmation").objects.filter(one_voice("sayer"), round=OuterRef("round"))
        for_a_group = Q(Exists(given.filter(sayer__speaks_for=OuterRef("sayer__speaks_for"))))
        for_themselves = Q(Exists(given.filter(sayer__speaks_for=None)), sayer__speaks_for=None)
        return self.standing().filter(~(for_a_group | for_themselves))

    def stuck_since(self, today: date) -> list[Asked]:
        """Messages that should have gone out two working days ago and did not."""
        old = self.filter(state=TellingState.PENDING, channel__in=rules.MESSAGES)
        old = old.filter(asked_on__lte=today - timedelta(days=rules.MESSAGE_TAKES))
        return [asked for asked in old if days_since(asked.asked_on, today) >= rules.MESSAGE_TAKES]

    def sent_lately(self) -> Self:
        """Messages that were taken, of which the carrier may still say that they did not arrive."""
        since = clock.now() - timedelta(days=rules.CARRIERS_SAY)
        return self.filter(state=TellingState.SENT, word_id__isnull=False, ended_at__gte=since)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def that_count(self) -> Self:
        """The last answer of each in each round: whoever said the same twice, or for a group, has one voice in each."""
        later = apps.get_model("feedback", "Confirmation").objects.filter(
            round=OuterRef("round"), voice_key=OuterRef("voice_key"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def of_whom(self, sayer: Sayer) -> Self:
        """Those of whoever this is, at whichever point, in the same voice: their own, or that of one group."""
        same = apps.get_model("feedback", "Sayer").objects.same_as(sayer)
        return self.filter(sayer__in=same, sayer__speaks_for=sayer.speaks_for_id)


def one_voice(sayer: str) -> Q:
    """That a row's sayer is the person, or holds the slip, of the sayer of the row outside."""
    by_slip = Q(sayer__slip=OuterRef(f"{sayer}__slip")) & ~Q(sayer__slip="")
    return Q(sayer=OuterRef(sayer)) | Q(sayer__person_id=OuterRef(f"{sayer}__person_id")) | by_slip

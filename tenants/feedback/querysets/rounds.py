"""Adjectives for decisions, and for telling them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kit import clock, working_days
from tenants.feedback import rules
from tenants.feedback.rules import Channel, Decision, Kind, Stage, TellingState

if TYPE_CHECKING:
    from tenants.feedback.models.rounds import Round, Told  # noqa: F401 (named in strings below)


class RoundQuerySet(models.QuerySet["Round"]):
    def open_to_public(self) -> Self:
        return self.filter(public_from__lte=clock.now())

    def not_open_to_public(self) -> Self:
        return self.filter(public_from=None)

    def decided_for(self, *, days: int) -> Self:
        """Those decided so many days ago or more, to leave out most rows before working days are counted."""
        return self.filter(decided_at__lte=clock.now() - timedelta(days=days))

    def latest_of_its_point(self) -> Self:
        later = rounds().filter(point=OuterRef("point"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def told_to_everybody(self) -> Self:
        """Decisions that nobody who can still be told waits for: the last of them may have taken it all back."""
        waiting = apps.get_model("feedback", "Told").objects.to_come().filter(round=OuterRef("pk"))
        return self.latest_of_its_point().filter(~Exists(waiting), point__stage=Stage.DECIDED)


class ToldQuerySet(models.QuerySet["Told"]):
    def pending(self) -> Self:
        return self.filter(state=TellingState.PENDING)

    def to_come(self) -> Self:
        """Those pending, but for whoever was erased meanwhile: nobody can tell them."""
        return self.pending().exclude(sayer__kind=Kind.GONE)

    def not_told_yet(self) -> Self:
        """Those that did not reach anybody, and are not in the post either."""
        return self.filter(state__in=(TellingState.PENDING, TellingState.FAILED), posted_on=None)

    def for_a_human(self) -> Self:
        """What somebody must do: find another way, post a letter, ask a worker to tell, make what somebody can read."""
        to_do = Q(state=TellingState.PENDING, channel__in=rules.BY_HAND, posted_on=None)
        to_do |= Q(form__in=rules.MADE_BY_HAND, met_on=None)
        later = rounds().filter(point=OuterRef("round__point"), number__gt=OuterRef("round__number"))
        # Whoever was erased meanwhile is told by nobody, and of what was replaced nobody is told. Who said what was
        # passed on hears from somebody else.
        found = self.filter(Q(state=TellingState.FAILED) | to_do, ~Exists(later), sayer__point__passed_on_at=None)
        return found.exclude(sayer__kind=Kind.GONE)

    def letters_to_post(self) -> Self:
        """Letters that nobody has put in the post, to those who can still be told."""
        waiting = self.filter(state=TellingState.PENDING, channel=Channel.LETTER, posted_on=None)
        return waiting.exclude(sayer__kind=Kind.GONE)

    def made_by_us(self) -> Self:
        """Those that need no form which a human has to make: Easy Read is made here once its words were written."""
        return self.exclude(Q(form=rules.Form.OTHER) | Q(form=rules.Form.EASY, round__easy=None))

    def sent_lately(self) -> Self:
        """Messages that were taken, of which the carrier may still say that they did not arrive."""
        since = clock.now() - timedelta(days=rules.CARRIERS_SAY)
        return self.filter(state=TellingState.SENT, word_id__isnull=False, ended_at__gte=since)

    def in_the_post_since(self, today: date) -> list[Told]:
        """Letters that must have arrived: posted two working days ago or more."""
        posted = self.pending().filter(channel=Channel.LETTER, posted_on__isnull=False)
        return [told for told in posted if days_since(told.posted_on, today) >= rules.LETTER_TAKES]

    def stuck_since(self, today: date) -> list[Told]:
        """Messages that should have gone out two working days ago and did not."""
        # Two working days are never less than two days: the database can leave most rows out.
        old = self.pending().filter(
            channel__in=rules.MESSAGES, started_on__lte=today - timedelta(days=rules.MESSAGE_TAKES)
        )
        return [told for told in old if days_since(told.started_on, today) >= rules.MESSAGE_TAKES]


def latest_decision_is(*decisions: Decision) -> Exists:
    """That the latest round of a point decided one of these, asked of all rounds at once and not point by point."""
    return Exists(rounds().latest_of_its_point().filter(point=OuterRef("pk"), decision__in=decisions))


def rounds() -> RoundQuerySet:
    """All decisions, to be asked about inside a question about something else."""
    return apps.get_model("feedback", "Round").objects.all()


def days_since(day: date | None, today: date) -> int:
    """The working days from a day to today; none for a day that is not known."""
    return working_days.between(day, today) if day else 0

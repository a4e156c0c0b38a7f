"""Adjectives for the loop's rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from kit import clock, working_days
from tenants.feedback import rules
from tenants.feedback.rules import Channel, Decision, Kind, Purpose, Stage, TellingState

if TYPE_CHECKING:
    from tenants.feedback.models.concerns import Concern  # noqa: F401 (named in strings below)
    from tenants.feedback.models.needs import InformationNeed  # noqa: F401 (named in strings below)
    from tenants.feedback.models.points import Point, Sayer  # noqa: F401 (named in strings below)
    from tenants.feedback.models.rounds import Confirmation, Round, Told  # noqa: F401


# As what language PostgreSQL takes the words; the index of points says the same.
LANGUAGE = "english"


class PointQuerySet(models.QuerySet["Point"]):
    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.not_erased().filter(stage__in=rules.OPEN)

    def not_erased(self) -> Self:
        """All but those whose words are gone, with the only one who said them."""
        return self.exclude(said="")

    def at_stage(self, *stages: Stage) -> Self:
        return self.filter(stage__in=stages)

    def by_clock(self) -> Self:
        """Those that wait for an answer first, then whatever is due soonest."""
        waits = models.Case(models.When(~Q(said=""), stage__in=rules.OPEN, then=0), default=1)
        return self.order_by(waits, F("due_on").asc(nulls_last=True), "received_on", "pk")

    def with_decision(self) -> Self:
        """Adds `decision`: what the latest round decided, or null."""
        latest = _rounds().filter(point=OuterRef("pk")).order_by("-number")
        return self.annotate(decision=Subquery(latest.values("decision")[:1]))

    def decided_as(self, *decisions: Decision) -> Self:
        return self.with_decision().filter(decision__in=decisions)

    def agreed_to_be_public(self) -> Self:
        """Those whose every sayer agreed to publication and has not taken it back."""
        sayers = apps.get_model("feedback", "Sayer").objects.filter(point=OuterRef("pk"))
        return self.filter(Exists(sayers), ~Exists(sayers.not_agreeing(Purpose.PUBLISH)))

    def saying(self, words: str) -> Self:
        """Those whose words hold these, in any of their forms; `"in quotes"` as they stand, `-word` without it."""
        query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
        return self.alias(in_words=SearchVector("said", "public_words", config=LANGUAGE)).filter(in_words=query)

    def without_words(self) -> Self:
        """Those for which nobody has approved words that the public may read."""
        return self.filter(public_words_approved_at=None)

    def told_first(self) -> Self:
        """Those whose words may be read by the public: approved, agreed to, and those who said them told before."""
        opened = _rounds().open_to_public().filter(point=OuterRef("pk"))
        return self.agreed_to_be_public().filter(Exists(opened), public_words_approved_at__isnull=False)

    def by_latest_answer(self) -> Self:
        """Adds `answered_at` and `public_decision` of the latest answer that is public; the newest first."""
        opened = _rounds().open_to_public().filter(point=OuterRef("pk")).order_by("-number")
        return self.annotate(
            answered_at=Subquery(opened.values("public_from")[:1]),
            public_decision=Subquery(opened.values("decision")[:1]),
        ).order_by("-answered_at", "pk")

    def publicly_decided_as(self, decision: Decision) -> Self:
        """Those of which the public reads this decision; after `by_latest_answer`."""
        return self.filter(public_decision=decision)


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def new(self) -> Self:
        """Those that nobody has taken up."""
        return self.filter(taken_at=None)

    def by_what_waits(self) -> Self:
        """New ones first, then those taken up, then the closed; the oldest of each first."""
        return self.order_by(F("closed_at").asc(nulls_first=True), F("taken_at").asc(nulls_first=True), "received_at")

    def left_until(self, day: date) -> Self:
        """Those that nobody took up by their day, and of which the managers do not know yet."""
        return self.new().filter(take_up_by__lt=day, passed_on_at=None)


class SayerQuerySet(models.QuerySet["Sayer"]):
    def not_agreeing(self, purpose: Purpose) -> Self:
        """Those who never gave consent for a purpose, took it back, or were erased."""
        consents = apps.get_model("feedback", "Consent").objects
        live = consents.filter(sayer=OuterRef("pk"), purpose=purpose, withdrawn_at=None)
        return self.filter(~Exists(live) | Q(kind=Kind.GONE))

    def person_ids(self) -> list[UUID]:
        """Those who have an account."""
        return [sayer.person_id for sayer in self if sayer.person_id]

    def reachable(self) -> Self:
        """All but those whose record was erased."""
        return self.exclude(kind=Kind.GONE)


class RoundQuerySet(models.QuerySet["Round"]):
    def open_to_public(self) -> Self:
        return self.filter(public_from__lte=clock.now())

    def not_open_to_public(self) -> Self:
        return self.filter(public_from=None)

    def decided_for(self, *, days: int) -> Self:
        """Those decided so many days ago or more, to leave out most rows before working days are counted."""
        return self.filter(decided_at__lte=clock.now() - timedelta(days=days))

    def latest_of_its_point(self) -> Self:
        later = _rounds().filter(point=OuterRef("point"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class ToldQuerySet(models.QuerySet["Told"]):
    def pending(self) -> Self:
        return self.filter(state=TellingState.PENDING)

    def for_a_human(self) -> Self:
        """What somebody must do: find another way, post a letter, ask a worker to tell, make what somebody can read."""
        to_do = Q(state=TellingState.PENDING, channel__in=rules.BY_HAND, posted_on=None)
        to_do |= Q(form__in=rules.MADE_BY_HAND, met_on=None)
        # Whoever was erased meanwhile is told by nobody.
        return self.filter(Q(state=TellingState.FAILED) | to_do).exclude(sayer__kind=Kind.GONE)

    def sent_lately(self) -> Self:
        """Messages that were taken, of which the carrier may still say that they did not arrive."""
        since = clock.now() - timedelta(days=rules.CARRIERS_SAY)
        return self.filter(state=TellingState.SENT, word_id__isnull=False, ended_at__gte=since)

    def in_the_post_since(self, today: date) -> list[Told]:
        """Letters that must have arrived: posted two working days ago or more."""
        posted = self.pending().filter(channel=Channel.LETTER, posted_on__isnull=False)
        return [told for told in posted if _days_since(told.posted_on, today) >= rules.LETTER_TAKES]

    def stuck_since(self, today: date) -> list[Told]:
        """Messages that should have gone out two working days ago and did not."""
        # Two working days are never less than two days: the database can leave most rows out.
        old = self.pending().filter(
            channel__in=rules.MESSAGES, started_on__lte=today - timedelta(days=rules.MESSAGE_TAKES)
        )
        return [told for told in old if _days_since(told.started_on, today) >= rules.MESSAGE_TAKES]


class NeedQuerySet(models.QuerySet["InformationNeed"]):
    def of(self, sayer: Sayer) -> Self:
        """That of one of those who said something: by their account, else by their slip."""
        if sayer.person_id:
            return self.filter(person_id=sayer.person_id)
        return self.exclude(slip="").filter(slip=sayer.slip)

    def standing(self) -> Self:
        """What is still needed."""
        return self.filter(ended_on=None)

    def to_look_at_again(self, today: date) -> Self:
        """Those whose day has come."""
        return self.standing().filter(review_on__lte=today)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def that_count(self) -> Self:
        """The last answer of each sayer in each round."""
        later = apps.get_model("feedback", "Confirmation").objects.filter(
            round=OuterRef("round"), sayer=OuterRef("sayer"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


def _rounds() -> RoundQuerySet:
    return apps.get_model("feedback", "Round").objects.all()


def _days_since(day: date | None, today: date) -> int:
    return working_days.between(day, today) if day else 0

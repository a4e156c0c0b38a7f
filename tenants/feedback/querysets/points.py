"""Adjectives for what was said, and for those who said it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from kit import clock
from tenants.feedback import rules
from tenants.feedback.querysets.rounds import latest_decision_is, rounds
from tenants.feedback.rules import Decision, Kind, Purpose, Stage, Step

if TYPE_CHECKING:
    from tenants.feedback.models.points import Point, Sayer


# As what language PostgreSQL takes the words; the index of points says the same.
LANGUAGE = "english"
# The register's order begins with it, and an index of points says the same.
WAITS_FIRST = models.Case(models.When(~Q(said=""), stage__in=rules.OPEN, then=0), default=1)


class PointQuerySet(models.QuerySet["Point"]):
    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.not_erased().filter(stage__in=rules.OPEN)

    def not_erased(self) -> Self:
        """All but those whose words are gone, with the only one who said them; what others say with them remains."""
        return self.filter(_has_words())

    def that_count(self) -> Self:
        """Those that count in national figures, with `first_decided_at`: not passed on, and decided or to be decided.

        The rounds of a point that is answered with another are that one's (docs/formulas.md §7).
        """
        first = rounds().filter(point=Coalesce(OuterRef("answered_with"), OuterRef("pk")), number=1)
        points = self.filter(passed_on_at=None).annotate(first_decided_at=Subquery(first.values("decided_at")[:1]))
        return points.filter(_has_words() | Q(first_decided_at__isnull=False))

    def leading(self) -> Self:
        """Those that are decided about: each that stands alone, and one of those that are answered together."""
        return self.filter(answered_with=None)

    def with_what_answers(self) -> Self:
        """With the point that each is answered with, and those that are answered with it, at hand."""
        return self.select_related("answered_with").prefetch_related("joined")

    def together_with(self, *point_ids: UUID) -> Self:
        """These points, and all that are answered together with any of them."""
        leads = _points().filter(pk__in=point_ids).values(lead=Coalesce("answered_with", "pk"))
        return self.filter(Q(pk__in=leads) | Q(answered_with__in=leads))

    def at_stage(self, *stages: Stage) -> Self:
        return self.filter(stage__in=stages)

    def by_clock(self) -> Self:
        """Those that wait for an answer first, then whatever is due soonest."""
        return self.order_by(WAITS_FIRST, F("due_on").asc(nulls_last=True), "received_on", "pk")

    def with_decision(self) -> Self:
        """Adds `decision`: what the latest round decided, or null."""
        latest = rounds().filter(point=Coalesce(OuterRef("answered_with"), OuterRef("pk"))).order_by("-number")
        return self.annotate(decision=Subquery(latest.values("decision")[:1]))

    def decided_as(self, *decisions: Decision) -> Self:
        return self.with_decision().filter(decision__in=decisions)

    def each_agreed(self) -> Self:
        """Those whose every sayer agreed to publication and has not taken it back."""
        return self.filter(_each_agreed())

    def agreed_to_be_public(self) -> Self:
        """Those about which words can be put on the website: all who said it, or the same as it, agreed."""
        return self.filter(_each_agreed() | Q(Exists(_points().filter(answered_with=OuterRef("pk")).each_agreed())))

    def saying(self, words: str) -> Self:
        """Those whose words hold these, in any of their forms; `"in quotes"` as they stand, `-word` without it."""
        query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
        return self.alias(in_words=SearchVector("said", "public_words", config=LANGUAGE)).filter(in_words=query)

    def showing(self, words: str) -> Self:
        """Of those that are `told_first`, the ones that show these words: in what was said, answer or reason."""
        opened = rounds().open_to_public().filter(point=OuterRef("pk")).order_by("-number")
        answer = Subquery(
            opened.values(words=Concat("answer", Value(" "), "reason", output_field=models.TextField()))[:1]
        )
        shown = SearchVector("public_words", "public_answer", config=LANGUAGE)
        query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
        return self.alias(public_answer=answer).alias(shown=shown).filter(shown=query)

    def saying_publicly(self, words: str) -> Self:
        """The same, of the words for the public alone: nobody finds a point by what was said in private."""
        query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
        return self.alias(in_public=SearchVector("public_words", config=LANGUAGE)).filter(in_public=query)

    def owned_by(self, seats: Collection[UUID]) -> Self:
        """Those that somebody in one of these places in the team sees to."""
        return self.filter(owner_membership_id__in=seats)

    def without_owner(self) -> Self:
        """Those with something still to do to which nobody sees."""
        return self.filter(owner_membership_id=None, due_on__isnull=False)

    def not_seen_to_by(self, others: Collection[UUID], *, but: Collection[Step]) -> Self:
        """All but those of these others; theirs too, once one of these steps was taken about their running clock."""
        told = apps.get_model("feedback", "Escalation").objects.filter(
            point=OuterRef("pk"), due_on=OuterRef("due_on"), step__in=but
        )
        theirs = Q(owner_membership_id__in=others, owner_membership_id__isnull=False)
        return self.filter(~theirs | Exists(told))

    def to_escalate(self, step: Step, *, due_by: date) -> Self:
        """Those whose clock of seeing, deciding or doing ends by a day, and of which this step was not taken yet."""
        taken = apps.get_model("feedback", "Escalation").objects.filter(
            point=OuterRef("pk"), due_on=OuterRef("due_on"), step=step
        )
        promised = Q(latest_decision_is(*rules.PROMISES), stage__in=(Stage.DECIDED, Stage.TOLD))
        running = Q(stage__in=rules.OPEN) | promised
        return self.leading().not_erased().filter(running, ~Exists(taken), due_on__lte=due_by)

    def to_be_done(self) -> Self:
        """Promises whose answer was told, or may be read by the public though somebody could not be told."""
        opened = Exists(rounds().latest_of_its_point().open_to_public().filter(point=OuterRef("pk")))
        return self.decided_as(*rules.PROMISES).filter(Q(stage=Stage.TOLD) | Q(opened, stage=Stage.DECIDED))

    def without_words(self) -> Self:
        """Those for which nobody has approved words, or of which some rest on what may no longer be shown."""
        return self.filter(Q(public_words_approved_at=None) | _rest_on(_used().exclude(_all_agreed())))

    def told_first(self) -> Self:
        """Those whose words may be read by the public: approved, agreed to, and those who said them told before."""
        opened = rounds().open_to_public().filter(point=OuterRef("pk"))
        agreed = _rest_on(_used().filter(_all_agreed())), ~_rest_on(_used().exclude(_all_agreed()))
        return self.filter(*agreed, Exists(opened), public_words_approved_at__isnull=False)

    def helping(self, tag: str) -> Self:
        """Those whose answer is noted to help this."""
        noted = apps.get_model("feedback", "Outcome").objects.filter(tag=tag)
        return self.filter(Exists(noted.filter(point=Coalesce(OuterRef("answered_with"), OuterRef("pk")))))

    def by_latest_answer(self) -> Self:
        """Adds `answered_at` and `public_decision` of the latest answer that is public; the newest first."""
        opened = rounds().open_to_public().filter(point=OuterRef("pk")).order_by("-number")
        return self.annotate(
            answered_at=Subquery(opened.values("public_from")[:1]),
            public_decision=Subquery(opened.values("decision")[:1]),
        ).order_by("-answered_at", "pk")

    def publicly_decided_as(self, decision: Decision) -> Self:
        """Those of which the public reads this decision; after `by_latest_answer`."""
        return self.filter(public_decision=decision)


class SayerQuerySet(models.QuerySet["Sayer"]):
    def not_agreeing(self, purpose: Purpose) -> Self:
        """Those who never gave consent for a purpose, took it back, or were erased."""
        consents = apps.get_model("feedback", "Consent").objects
        live = consents.filter(sayer=OuterRef("pk"), purpose=purpose, withdrawn_at=None)
        if purpose == Purpose.PUBLISH:
            # A parent's word for a child ends when the child, 16 or 18 by then, can be asked (S4).
            live = live.filter(Q(review_on=None) | Q(review_on__gt=clock.today()))
        return self.filter(~Exists(live) | Q(kind=Kind.GONE))

    def answered_by(self, point: Point) -> Self:
        """All who are answered by what is decided about a point: who said it, and who said the same.

        Whoever said what was passed on is answered by somebody else.
        """
        return self.filter(Q(point=point) | Q(point__answered_with=point), point__passed_on_at=None)

    def same_as(self, sayer: Sayer) -> Self:
        """All by whom the same person, or whoever holds the same slip, said something."""
        if sayer.person_id:
            return self.filter(person_id=sayer.person_id)
        return self.filter(slip=sayer.slip) if sayer.slip else self.filter(pk=sayer.pk)

    def agreed_for_by_a_parent(self) -> Self:
        """Those for whom somebody with parental responsibility agreed, and nobody has asked them since."""
        consents = apps.get_model("feedback", "Consent").objects
        given = consents.filter(sayer=OuterRef("pk"), basis=rules.Basis.PARENT, withdrawn_at=None)
        return self.filter(Exists(given))

    def to_be_asked_themselves(self, today: date) -> Self:
        """Those of them whose month has come, as long as there are words to ask about."""
        consents = apps.get_model("feedback", "Consent").objects
        due = consents.filter(sayer=OuterRef("pk"), withdrawn_at=None, review_on__lte=today)
        return self.filter(Exists(due)).exclude(point__said="")

    def person_ids(self) -> list[UUID]:
        """Those who have an account."""
        return [sayer.person_id for sayer in self if sayer.person_id]

    def reachable(self) -> Self:
        """All but those whose record was erased."""
        return self.exclude(kind=Kind.GONE)


def _points() -> PointQuerySet:
    return apps.get_model("feedback", "Point").objects.all()


def _has_words() -> Q:
    """That something is left to answer: its own words, or those of a point that is answered with it."""
    return ~Q(said="") | Q(Exists(_points().filter(answered_with=OuterRef("pk")).exclude(said="")))


def _used() -> PointQuerySet:
    """Those on whose words the words for the website rest."""
    return _points().filter(words_left_out=False).order_by()


def _rest_on(words: PointQuerySet) -> Q:
    """That the words for the website rest on one of these: the point itself, or one answered with it.

    Lists, each made once: asked of each point by an "or" of two, PostgreSQL compares all points with all.
    """
    return Q(pk__in=words.values("pk")) | Q(pk__in=words.exclude(answered_with=None).values("answered_with"))


def _all_agreed() -> Q:
    """As `_each_agreed`, by lists made once: for asking of all points at once, and never of one."""
    sayers = apps.get_model("feedback", "Sayer").objects.all()
    silent = sayers.not_agreeing(Purpose.PUBLISH)
    return Q(pk__in=sayers.values("point")) & ~Q(pk__in=silent.values("point"))


def _each_agreed() -> Q:
    sayers = apps.get_model("feedback", "Sayer").objects.filter(point=OuterRef("pk"))
    return Q(Exists(sayers)) & ~Q(Exists(sayers.not_agreeing(Purpose.PUBLISH)))

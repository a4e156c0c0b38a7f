"""Adjectives for the loop's rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kit import clock, working_days
from tenants.feedback import rules
from tenants.feedback.rules import Channel, Decision, Kind, Purpose, Stage, Step, TellingState

if TYPE_CHECKING:
    from tenants.feedback.models.asked import Asked
    from tenants.feedback.models.concerns import Concern  # noqa: F401 (named in strings below)
    from tenants.feedback.models.needs import InformationNeed  # noqa: F401 (named in strings below)
    from tenants.feedback.models.paper import PrintedSlip, SlipBatch  # noqa: F401 (named in strings below)
    from tenants.feedback.models.points import Point, Sayer
    from tenants.feedback.models.rounds import Confirmation, Round, Told  # noqa: F401
    from tenants.feedback.models.supporting import Supporter  # noqa: F401 (named in strings below)


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
        return self.filter(~Q(said="") | Q(Exists(_points().filter(answered_with=OuterRef("pk")).exclude(said=""))))

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
        latest = _rounds().filter(point=Coalesce(OuterRef("answered_with"), OuterRef("pk"))).order_by("-number")
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
        opened = Exists(_rounds().latest_of_its_point().open_to_public().filter(point=OuterRef("pk")))
        return self.decided_as(*rules.PROMISES).filter(Q(stage=Stage.TOLD) | Q(opened, stage=Stage.DECIDED))

    def without_words(self) -> Self:
        """Those for which nobody has approved words, or of which some rest on what may no longer be shown."""
        return self.filter(Q(public_words_approved_at=None) | Q(Exists(_rested_on().exclude(_each_agreed()))))

    def told_first(self) -> Self:
        """Those whose words may be read by the public: approved, agreed to, and those who said them told before."""
        opened = _rounds().open_to_public().filter(point=OuterRef("pk"))
        agreed = Exists(_rested_on().each_agreed()), ~Exists(_rested_on().exclude(_each_agreed()))
        return self.filter(*agreed, Exists(opened), public_words_approved_at__isnull=False)

    def helping(self, tag: str) -> Self:
        """Those whose answer is noted to help this."""
        noted = apps.get_model("feedback", "Outcome").objects.filter(tag=tag)
        return self.filter(Exists(noted.filter(point=Coalesce(OuterRef("answered_with"), OuterRef("pk")))))

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

    def closed_before(self, moment: datetime) -> Self:
        """Those closed before a moment whose words are still there."""
        return self.filter(closed_at__lte=moment, emptied_on=None)

    def left_until(self, day: date) -> Self:
        """Those that nobody took up by their day, and of which the managers do not know yet."""
        return self.new().filter(take_up_by__lt=day, passed_on_at=None)


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
        later = _rounds().filter(point=OuterRef("round__point"), number__gt=OuterRef("round__number"))
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
        return [told for told in posted if _days_since(told.posted_on, today) >= rules.LETTER_TAKES]

    def stuck_since(self, today: date) -> list[Told]:
        """Messages that should have gone out two working days ago and did not."""
        # Two working days are never less than two days: the database can leave most rows out.
        old = self.pending().filter(
            channel__in=rules.MESSAGES, started_on__lte=today - timedelta(days=rules.MESSAGE_TAKES)
        )
        return [told for told in old if _days_since(told.started_on, today) >= rules.MESSAGE_TAKES]


class AskedQuerySet(models.QuerySet["Asked"]):
    def standing(self) -> Self:
        """Those about what was decided last, until whoever is asked was erased, or what they said was passed on."""
        latest = _rounds().latest_of_its_point().filter(pk=OuterRef("round"))
        return self.filter(Exists(latest), sayer__point__passed_on_at=None).exclude(sayer__kind=Kind.GONE)

    def by_code(self, fingerprint: str) -> Self:
        """The question that a code of a letter opens, as long as it does."""
        return self.exclude(code="").filter(code=fingerprint, until__gt=clock.now())

    def for_a_human(self) -> Self:
        """Those whom somebody must ask, as long as there is something to ask and they have not answered."""
        to_do = Q(state=TellingState.PENDING, channel__in=rules.BY_HAND) | Q(state=TellingState.FAILED)
        return self.to_answer().filter(to_do)

    def to_answer(self) -> Self:
        """Those that there is still something to ask about, and that were not answered."""
        given = apps.get_model("feedback", "Confirmation").objects.filter(one_voice("sayer"), round=OuterRef("round"))
        claimed = Q(round__point__stage__in=(Stage.CHANGED, Stage.CONFIRMED))
        return self.standing().filter(claimed, ~Exists(given))

    def stuck_since(self, today: date) -> list[Asked]:
        """Messages that should have gone out two working days ago and did not."""
        old = self.filter(state=TellingState.PENDING, channel__in=rules.MESSAGES)
        old = old.filter(asked_on__lte=today - timedelta(days=rules.MESSAGE_TAKES))
        return [asked for asked in old if _days_since(asked.asked_on, today) >= rules.MESSAGE_TAKES]

    def sent_lately(self) -> Self:
        """Messages that were taken, of which the carrier may still say that they did not arrive."""
        since = clock.now() - timedelta(days=rules.CARRIERS_SAY)
        return self.filter(state=TellingState.SENT, word_id__isnull=False, ended_at__gte=since)


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


class SlipBatchQuerySet(models.QuerySet["SlipBatch"]):
    def with_counts(self) -> Self:
        """Adds how `many` slips each has, and how many of them were `used`; the newest first."""
        used = models.Count("slips", filter=Q(slips__used_on__isnull=False))
        return self.annotate(many=models.Count("slips"), used=used).order_by("-printed_at", "pk")

    def not_cancelled(self) -> Self:
        return self.filter(cancelled_at=None)


class PrintedSlipQuerySet(models.QuerySet["PrintedSlip"]):
    def unused(self) -> Self:
        """Those with which something can still be told."""
        return self.filter(used_on=None, batch__cancelled_at=None)


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def of(self, person: UUID) -> Self:
        """Those whom somebody chose."""
        return self.filter(person_id=person)

    def helping_as(self, supporter: UUID) -> Self:
        """Those as whom somebody may help now."""
        return self.running().filter(supporter_id=supporter)

    def running(self) -> Self:
        """Those who accepted, whose day has not passed, and whom neither side has ended."""
        return self.filter(accepted_at__isnull=False, ended_at=None, until__gte=clock.today())

    def waiting(self) -> Self:
        """Those who can still accept."""
        return self.filter(accepted_at=None, ended_at=None, open_until__gt=clock.now())

    def not_ended(self) -> Self:
        return self.filter(ended_at=None)

    def for_point(self, point: Point) -> Self:
        """Those who help with a point: of somebody who said it themselves, for this point or for all."""
        sayers = apps.get_model("feedback", "Sayer").objects.filter(
            point=point, kind=Kind.PERSON, person_id=OuterRef("person_id")
        )
        return self.filter(Q(point=None) | Q(point=point), Exists(sayers))


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def that_count(self) -> Self:
        """The last answer of each in each round: whoever said the same twice, or for a group, has one voice in each."""
        later = apps.get_model("feedback", "Confirmation").objects.filter(
            one_voice("sayer"), round=OuterRef("round"), voice=OuterRef("voice"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def of_whom(self, sayer: Sayer) -> Self:
        """Those of whoever this is, at whichever of their points, in the same voice."""
        return self.filter(sayer__in=apps.get_model("feedback", "Sayer").objects.same_as(sayer), voice=sayer.voice)


def one_voice(sayer: str) -> Q:
    """That a row's sayer is the person, or holds the slip, of the sayer of the row outside."""
    by_slip = Q(sayer__slip=OuterRef(f"{sayer}__slip")) & ~Q(sayer__slip="")
    return Q(sayer=OuterRef(sayer)) | Q(sayer__person_id=OuterRef(f"{sayer}__person_id")) | by_slip


def latest_decision_is(*decisions: Decision) -> Exists:
    """That the latest round of a point decided one of these, asked of all rounds at once and not point by point."""
    return Exists(_rounds().latest_of_its_point().filter(point=OuterRef("pk"), decision__in=decisions))


def _rounds() -> RoundQuerySet:
    return apps.get_model("feedback", "Round").objects.all()


def _points() -> PointQuerySet:
    return apps.get_model("feedback", "Point").objects.all()


def _rested_on() -> PointQuerySet:
    """Of the point outside: the points on whose words those for the website rest."""
    together = Q(pk=OuterRef("pk")) | Q(answered_with=OuterRef("pk"))
    return _points().filter(together, words_left_out=False).order_by()


def _each_agreed() -> Q:
    sayers = apps.get_model("feedback", "Sayer").objects.filter(point=OuterRef("pk"))
    return Q(Exists(sayers)) & ~Q(Exists(sayers.not_agreeing(Purpose.PUBLISH)))


def _days_since(day: date | None, today: date) -> int:
    return working_days.between(day, today) if day else 0

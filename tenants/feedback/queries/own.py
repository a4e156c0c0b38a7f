"""What those who said it see of their own points: a person on their page, whoever holds a slip by its code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit.easy import Idea
from kit.languages import said
from kit.pair import PairView
from tenants.feedback.models import InformationNeed, Point, Progress, Question, Reply, Round, Sayer
from tenants.feedback.queries.clocks import done_on
from tenants.feedback.queries.easy import easy_read
from tenants.feedback.queries.lines import own_words, pair_of, the_answers
from tenants.feedback.rules import Answer, Channel, Form, Kind, Purpose, Stage, TellingState


@dataclass(frozen=True, slots=True)
class Own:
    """One point as one of those who said it sees it, in the words that they said."""

    point: Point
    sayer: Sayer
    pair: PairView
    news: list[Progress]
    asked: bool
    """Whether they are asked "did it change?" and have not answered."""
    answer: Answer | None
    """What they answered last, if anything; they may change their mind until something new is decided."""
    with_help: bool
    """Whether a supporter sent that answer, beside them."""
    still_wrong: str
    """What they wrote with their last answer, if it was "no"."""
    is_part: bool
    """Whether they said more with it, which is answered apart."""
    is_public: bool
    """Whether they agreed that other words for it may stand on the website."""
    is_on_website: bool
    """Whether such words are approved, and an answer to them is open to the public."""
    quoted: str
    """What is quoted of them word for word, where they agreed to that."""
    easy: list[Idea]
    """The answer in Easy Read, where somebody has written it."""
    needs: frozenset[Form]
    """The forms in which they can read it."""
    on_its_way: str
    """What brings them the same answer besides, if it has not reached them yet."""
    questions: list[tuple[Question, list[Reply]]]
    """What staff asked before they decided, each with what this one said to it."""

    @property
    def reads_easy(self) -> bool:
        return Form.EASY in self.needs

    @property
    def reads_large(self) -> bool:
        return Form.LARGE in self.needs

    @property
    def question(self) -> Question | None:
        """The one that can be answered now: the last, while the point waits."""
        here = self.point.is_open and not self.point.passed_on_at
        return self.questions[-1][0] if self.questions and here else None

    @property
    def to_reply(self) -> bool:
        """Whether they were asked and have said nothing to it."""
        return self.question is not None and not self.questions[-1][1]

    @property
    def state(self) -> str:
        """Where it is, in a few words."""
        if self.point.passed_on_at:
            return said(PASSED_ON)
        if self.point.stage == Stage.SEEN and self.pair.decision:
            return said(AGAIN)
        if self.point.stage == Stage.CHANGED and self.answer:
            return _("We say this is done. You said: %(answer)s.") % {"answer": said(self.answer.label).lower()}
        return said(STATES[Stage(self.point.stage)])


COMES = {
    Channel.EMAIL: N_("We also send you a message."),
    Channel.TEXT: N_("We also send you a message."),
    Channel.LETTER: N_("We also send you a letter."),
}
PASSED_ON = N_("We passed this on to somebody who can help.")
AGAIN = N_("We are looking at it again.")
STATES = {
    Stage.SAID: N_("We have it. Somebody will read it soon."),
    Stage.SEEN: N_("Somebody has read it. We are working on an answer."),
    Stage.DECIDED: N_("There is an answer for you."),
    Stage.TOLD: N_("There is an answer for you."),
    Stage.CHANGED: N_("We say this is done. Did it change?"),
    Stage.CONFIRMED: N_("This has changed."),
}


def mine(person_id: UUID) -> list[Own]:
    """What one person said at this scheme, the newest first."""
    return _own(Sayer.objects.filter(person_id=person_id))


def of_people(person_ids: Iterable[UUID]) -> list[Own]:
    """What several people said themselves, none of it for a group: for those who help them.

    Of what was passed on a supporter learns nothing: it may be about them.
    """
    theirs = Sayer.objects.filter(person_id__in=list(person_ids), kind=Kind.PERSON)
    return _own(theirs.filter(point__passed_on_at=None))


def has_said_something(person_id: UUID) -> bool:
    """Whether somebody said something here themselves."""
    return Sayer.objects.filter(person_id=person_id, kind=Kind.PERSON).exists()


def mine_at(person_id: UUID, point_id: UUID) -> Own | None:
    """One point of theirs, or nothing if they did not say it."""
    return next(iter(_own(Sayer.objects.filter(person_id=person_id, point_id=point_id))), None)


def by_fingerprint(fingerprint: str) -> list[Own]:
    """The points of one slip: usually one, for a group's slip each of its findings."""
    return _own(Sayer.objects.filter(slip=fingerprint)) if fingerprint else []


def _own(sayers: QuerySet[Sayer]) -> list[Own]:
    rounds = (
        Round.objects.order_by("-number")
        .select_related("easy")
        .prefetch_related("progress", "tellings__sayer", "confirmations__sayer")
    )
    found = sayers.select_related("point__answered_with", "quote").prefetch_related(
        "consents",
        "point__groups",
        "point__questions__replies",
        Prefetch("point__rounds", rounds),
        Prefetch("point__answered_with__rounds", rounds),
    )
    listed = list(found.order_by("-point__received_on", "-point__created_at"))
    needs = _needs_of(listed)
    return [
        _seen_by(sayer, needs=frozenset(form for who, form in needs if who in (sayer.person_id, sayer.slip)))
        for sayer in listed
    ]


def _needs_of(sayers: Sequence[Sayer]) -> set[tuple[UUID | str, Form]]:
    """The people and slips among them, each with a form that they need."""
    people, slips = {one.person_id for one in sayers if one.person_id}, {one.slip for one in sayers if one.slip}
    if not sayers:
        return set()
    theirs = InformationNeed.objects.standing().filter(Q(person_id__in=people) | Q(slip__in=slips))
    return {(need.person_id or need.slip, Form(need.form)) for need in theirs}


def _seen_by(sayer: Sayer, *, needs: frozenset[Form]) -> Own:
    point = sayer.point
    carrier = point.carrier
    round_ = next(iter(carrier.rounds.all()), None)
    answers = the_answers(round_) if round_ else []
    given = next((one for one in answers if one.sayer.speaks_as == sayer.speaks_as), None)
    answer = Answer(given.answer) if given else None
    steps: Iterable[Progress] = round_.progress.all() if round_ else ()
    pair = pair_of(point, round_, said=point.said)
    return Own(
        point=point,
        sayer=sayer,
        pair=replace(pair, confirmation_words=own_words(point, round_, answer)) if round_ else pair,
        news=list(steps),
        asked=answer is None and not point.passed_on_at and round_ is not None and done_on(round_) is not None,
        answer=answer,
        with_help=given is not None and given.with_help,
        still_wrong=given.words if given else "",
        is_part=bool(point.said_whole),
        is_public=any(one.purpose == Purpose.PUBLISH and one.withdrawn_at is None for one in sayer.consents.all()),
        is_on_website=carrier.words_are_approved
        and not point.words_left_out
        and any(one.public_from for one in carrier.rounds.all()),
        quoted=sayer.quote.words if hasattr(sayer, "quote") else "",
        easy=easy_read(point, round_),
        needs=needs,
        on_its_way=_on_its_way(sayer, round_),
        questions=[
            (asked, [one for one in asked.replies.all() if one.sayer_id == sayer.pk]) for asked in point.questions.all()
        ],
    )


def _on_its_way(sayer: Sayer, round_: Round | None) -> str:
    waiting = [
        Channel(told.channel)
        for told in (round_.tellings.all() if round_ else ())
        if told.sayer_id == sayer.pk and told.state == TellingState.PENDING
    ]
    return next((said(COMES[channel]) for channel in waiting if channel in COMES), "")

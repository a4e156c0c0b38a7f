"""The register as staff see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet, TextChoices

from kit import clock, working_days
from kit.dates import short_day
from kit.pair import PairView
from people.queries import names
from tenants.feedback.models import Confirmation, DueRegard, InformationNeed, Point, Round, Sayer, Told
from tenants.feedback.queries.clocks import clocks, running_clock
from tenants.feedback.queries.lines import how_many_people, pair_of, staff_words, the_answers, was_denied
from tenants.feedback.queries.regard import regards_of
from tenants.feedback.queries.together import other_parts
from tenants.feedback.querysets.points import PointQuerySet
from tenants.feedback.querysets.rounds import latest_decision_is
from tenants.feedback.rules import OPEN, PUBLIC_AFTER, Clock, Decision, Kind, TellingState
from tenants.schemes.models import Membership

ON_A_PAGE = 25
SHOWN = 120


class Tab(TextChoices):
    """The ways in which the register is looked at."""

    WAITING = "waiting", "Waiting"
    DECIDED = "decided", "Decided"
    NOT_NOW = "not_now", "Not now"
    ALL = "all", "All"


class Who(TextChoices):
    """Whose points are shown."""

    ALL = "", "All"
    MINE = "mine", "Mine, and those of people I cover for"
    NOBODY = "nobody", "No one yet"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which points somebody looks at; `seats` are the places in the team that they answer for."""

    tab: Tab = Tab.WAITING
    theme: str = ""
    site: UUID | None = None
    group: str = ""
    outcome: str = ""
    words: str = ""
    who: Who = Who.ALL
    seats: Collection[UUID] = ()

    def points(self) -> PointQuerySet:
        """Those, in no order."""
        points = Point.objects.filter(_of_tab(self.tab))
        if self.theme:
            points = points.filter(theme__code=self.theme)
        if self.site:
            points = points.filter(site_id=self.site)
        if self.group:
            points = points.filter(groups__code=self.group)
        if self.outcome:
            points = points.helping(self.outcome)
        if self.words:
            points = points.saying(self.words)
        if self.who == Who.MINE:
            points = points.owned_by(self.seats)
        return points.without_owner() if self.who == Who.NOBODY else points


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    point: Point
    round: Round | None
    owner_name: str = ""

    @property
    def words(self) -> str:
        return first_words(self.point, SHOWN) or self.point.why_empty

    @property
    def came_from(self) -> str:
        method = self.point.get_method_display()
        if not self.point.how_many:
            return method
        return f"{method}, {self.point.how_many} {'person' if self.point.how_many == 1 else 'people'}"

    @property
    def is_answered_with_others(self) -> bool:
        return self.point.answered_with_id is not None or bool(self.point.joined.all())

    @property
    def clock(self) -> Clock | None:
        return running_clock(self.point, self.round)

    @property
    def clock_words(self) -> str:
        return self.clock.words(clock.today()) if self.clock else ""

    @property
    def is_late(self) -> bool:
        return bool(self.clock and self.clock.is_late(clock.today()))

    @property
    def owner(self) -> str:
        return owner_words(self.point, self.round)

    @property
    def asked(self) -> str:
        """Whether those who said it were asked for more words, while it waits for an answer."""
        questions = list(self.point.questions.all()) if self.point.is_open else []
        if not questions:
            return ""
        return "answered" if questions[-1].replies.all() else "asked, waiting for words"


@dataclass(frozen=True, slots=True)
class PointPage:
    """One point with everything that staff see of it."""

    point: Point
    rounds: Sequence[Round]
    pair: PairView
    clocks: Sequence[Clock]
    regards: Sequence[DueRegard]
    """How the duties of equality were taken into account, the newest version first."""
    other_parts: Sequence[Point]
    """What else those who said this said with it, where it was taken apart."""
    owner_name: str = ""
    is_public: bool = False
    """Whether the public may read words for it today."""

    def who_reads(self, round_: Round) -> str:
        """Whether the public may read an answer, and why it may not."""
        if round_.public_from and self.is_public:
            return f"The public may read it since {short_day(round_.public_from)}"
        if round_.public_from:
            return f"{self._who_was_told(round_)} {self._why_not_public()}"
        if round_ == self.round:
            return "The public may not read it yet: those who said it are told first"
        return "The public never reads it: a newer answer replaced it before all were told"

    @property
    def website_words(self) -> str:
        """What the public may read of it, or that it may not."""
        if self.point.public_words:
            return self.point.public_words + ("" if self.is_public else " (the public does not read this)")
        return "None" if self._is_agreed else "None. It stays private"

    @property
    def _is_agreed(self) -> bool:
        return (
            not self.point.is_erased and Point.objects.agreed_to_be_public().filter(pk=self.point.carrier.pk).exists()
        )

    def _who_was_told(self, round_: Round) -> str:
        """Whether all were told before its time was up: a letter may lie unposted, or a message have failed."""
        untold = {
            told.sayer.whose
            for told in round_.tellings.all()
            if told.state in (TellingState.PENDING, TellingState.FAILED) and told.sayer.kind != Kind.GONE
        }
        if not untold:
            days = [round_.public_from, *(told.ended_at for told in round_.tellings.all())]
            return f"Those who said it were told by {short_day(max(day for day in days if day))}."
        still = "1 person is" if len(untold) == 1 else f"{len(untold)} people are"
        if working_days.between(round_.decided_on, clock.today()) < PUBLIC_AFTER:
            return f"{still} still to be told."
        return f"{PUBLIC_AFTER} working days have passed, and {still} still to be told."

    def _why_not_public(self) -> str:
        if self.point.is_erased:
            return "The public does not read it: the words are gone"
        if not self._is_agreed:
            return "The public does not read it: those who said it did not agree, or took that back"
        return "The public does not read it: no words for the website are approved"

    def answers_in(self, round_: Round) -> list[Confirmation]:
        """What was answered. Who said no, and then what is still wrong, said it once."""
        given = list(round_.confirmations.all())
        return [one for one, after in zip(given, [*given[1:], None], strict=False) if not _says_it_again(one, after)]

    @property
    def round(self) -> Round | None:
        """The latest round."""
        return self.rounds[0] if self.rounds else None

    @property
    def owner(self) -> str:
        return owner_words(self.point, self.round)

    @property
    def people(self) -> int:
        """How many people say this, where several points are answered together."""
        return how_many_people([self.point, *self.point.joined.all()])

    @property
    def was_denied(self) -> bool:
        """Whether it must be decided again because somebody said "no"."""
        return bool(self.round and was_denied(self.point, self.round))

    @property
    def still_wrong(self) -> list[str]:
        """What those who last said "no" wrote with it."""
        return [one.words_here for one in the_answers(self.round) if one.words_here] if self.round else []


def register(chosen: Chosen | None = None, *, page: int | str = 1, **filters: Any) -> Page[Row]:
    """A page of the register: what waits for an answer first, whatever is due soonest at the top."""
    points = (chosen or Chosen(**filters)).points().with_what_answers().by_clock().select_related("theme")
    points = points.prefetch_related(*latest_rounds(), "questions__replies")
    found: Page[Any] = Paginator(points, ON_A_PAGE).get_page(page)
    shown = list(found.object_list)
    named = owners(shown)
    found.object_list = [
        Row(point, next(iter(point.carrier.rounds.all()), None), named.get(point.owner_membership_id, ""))
        for point in shown
    ]
    return found


def latest_rounds() -> tuple[Prefetch, Prefetch]:
    """The latest round of each point, or of the one it is answered with, and what its clock needs."""
    rounds = Round.objects.latest_of_its_point().prefetch_related("progress")
    return Prefetch("rounds", rounds), Prefetch("answered_with__rounds", rounds)


def owners(points: Collection[Point]) -> Mapping[UUID | None, str]:
    """The names of those who see to these points, by their place in the team: for staff alone."""
    seats = [point.owner_membership_id for point in points if point.owner_membership_id]
    people = dict(Membership.objects.filter(pk__in=seats).values_list("pk", "person_id"))
    named = names(people.values())
    return {seat: named.get(person_id, "") for seat, person_id in people.items()}


def owner_words(point: Point, round_: Round | None) -> str:
    """The role of whoever sees to a point; plainly when nobody does and something is to do."""
    if point.owner_role:
        return point.owner_role
    if point.is_erased:
        return ""
    return "no one yet" if point.due_on else round_.owner_role if round_ else ""


def first_words(point: Point, most: int) -> str:
    """How what was said begins, in one line."""
    said = " ".join(one_to_read(point).said.split())
    return said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]}…"


def points_by_id(ids: Collection[UUID]) -> list[Point]:
    """These points, as far as they are here, in the register's order."""
    return list(Point.objects.filter(pk__in=ids).by_clock())


def one_to_read(point: Point) -> Point:
    """The point, or where its words are erased one that says the same."""
    if point.said:
        return point
    return next((one for one in point.joined.all() if one.said), point)


def tab_counts() -> dict[str, int]:
    """How many points each way of looking shows."""
    whole = {tab.value: Count("pk", filter=_of_tab(tab)) for tab in (Tab.WAITING, Tab.ALL)}
    found = Point.objects.aggregate(**whole, answered=Count("pk", filter=~Q(stage__in=OPEN)))
    # Counted apart: most answers are something else, and only these few are looked up.
    not_now = Point.objects.filter(_of_tab(Tab.NOT_NOW)).count()
    return {
        Tab.WAITING.value: found["waiting"],
        Tab.DECIDED.value: found["answered"] - not_now,
        Tab.NOT_NOW.value: not_now,
        Tab.ALL.value: found["all"],
    }


def point_page(point_id: UUID) -> PointPage | None:
    """One point, or nothing if there is none of this id here."""
    rounds = Round.objects.order_by("-number").prefetch_related(
        "progress",
        "tellings__sayer__speaks_for",
        Prefetch("confirmations", Confirmation.objects.select_related("sayer__point")),
        "askings",
    )
    points = (
        Point.objects.with_what_answers()
        .select_related("theme", "partner__group")
        .prefetch_related(
            "groups",
            "sayers__speaks_for",
            "sayers__consents",
            "joined__sayers",
            "outcomes",
            "questions__replies",
            Prefetch("rounds", rounds),
            Prefetch("answered_with__rounds", rounds),
        )
    )
    point = points.filter(pk=point_id).first()
    if point is None:
        return None
    shown = list(point.carrier.rounds.all())
    latest = shown[0] if shown else None
    pair = pair_of(point, latest, said=point.said or point.why_empty)
    if latest:
        pair = replace(pair, confirmation_words=staff_words(point, latest))
    owner_name = owners([point]).get(point.owner_membership_id, "")
    is_public = Point.objects.told_first().filter(pk=point.carrier.pk).exists()
    regards, others = regards_of(point), other_parts(point)
    return PointPage(point, shown, pair, clocks(point, latest), regards, others, owner_name, is_public)


def _says_it_again(one: Confirmation, after: Confirmation | None) -> bool:
    """Whether the next answer is the same one, of the same voice, with words."""
    if after is None or one.words:
        return False
    return (after.voice_key, after.answer) == (one.voice_key, one.answer) and bool(after.words)


def tasks_of_telling() -> QuerySet[Told]:
    """Letters to post and messages that failed, the oldest first."""
    return Told.objects.for_a_human().select_related("round__point", "sayer__speaks_for")


def needs() -> QuerySet[InformationNeed]:
    """What people need to read an answer, the soonest to be looked at again first."""
    return InformationNeed.objects.standing().order_by("review_on", "pk")


def points_of_need(need: InformationNeed) -> QuerySet[Point]:
    """What was said by whoever needs it, the newest first."""
    theirs = Q(sayers__person_id=need.person_id) if need.person_id else Q(sayers__slip=need.slip)
    return Point.objects.not_erased().filter(theirs).order_by("-received_on", "pk")


def agreed_for_by_a_parent() -> QuerySet[Sayer]:
    """Those for whom a parent agreed, who are 16 or 18 by now and were not asked; one for each of their points."""
    return Sayer.objects.to_be_asked_themselves(clock.today()).select_related("point").order_by("agreed_at", "pk")


def needs_at(point: Point) -> list[str]:
    """What those who said a point need to read an answer, for a flag at the top of its page."""
    sayers = point.sayers.all()
    by_person = [sayer.person_id for sayer in sayers if sayer.person_id]
    by_slip = [sayer.slip for sayer in sayers if sayer.slip]
    found = InformationNeed.objects.standing().filter(Q(person_id__in=by_person) | Q(slip__in=by_slip))
    return [str(need) for need in found]


def _of_tab(tab: Tab) -> Q:
    return {
        Tab.WAITING: Q(stage__in=OPEN) & ~Q(said=""),
        Tab.DECIDED: ~Q(stage__in=OPEN) & ~Q(latest_decision_is(Decision.NOT_NOW)),
        Tab.NOT_NOW: ~Q(stage__in=OPEN) & Q(latest_decision_is(Decision.NOT_NOW)),
        Tab.ALL: Q(),
    }[tab]

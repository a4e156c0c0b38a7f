"""The register as staff see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet, TextChoices

from kit import clock
from kit.pair import PairView
from tenants.feedback.models import DueRegard, InformationNeed, Point, Round, Told
from tenants.feedback.queries.clocks import clocks, running_clock
from tenants.feedback.queries.lines import how_many_people, pair_of, staff_words, the_answers, was_denied
from tenants.feedback.queries.regard import regards_of
from tenants.feedback.queries.together import other_parts
from tenants.feedback.rules import OPEN, Clock, Decision

ON_A_PAGE = 25
SHOWN = 120


class Tab(TextChoices):
    """The ways in which the register is looked at."""

    WAITING = "waiting", "Waiting"
    DECIDED = "decided", "Decided"
    NOT_NOW = "not_now", "Not now"
    ALL = "all", "All"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    point: Point
    round: Round | None

    @property
    def words(self) -> str:
        return first_words(self.point, SHOWN) or "The words were erased."

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
        if self.round and not self.point.is_open:
            return self.round.owner_role
        return "" if self.point.is_erased else "no one yet"


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

    @property
    def round(self) -> Round | None:
        """The latest round."""
        return self.rounds[0] if self.rounds else None

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
        return [one.words for one in the_answers(self.round) if one.words] if self.round else []


def register(
    *,
    tab: Tab = Tab.WAITING,
    theme: str = "",
    site: UUID | None = None,
    group: str = "",
    outcome: str = "",
    words: str = "",
    page: int | str = 1,
) -> Page[Row]:
    """A page of the register: what waits for an answer first, whatever is due soonest at the top."""
    points = Point.objects.with_decision().by_clock().filter(_of_tab(tab))
    if theme:
        points = points.filter(theme__code=theme)
    if site:
        points = points.filter(site_id=site)
    if group:
        points = points.filter(groups__code=group)
    if outcome:
        points = points.helping(outcome)
    if words:
        points = points.saying(words)
    rounds = Round.objects.latest_of_its_point().prefetch_related("progress")
    latest = Prefetch("rounds", rounds), Prefetch("answered_with__rounds", rounds)
    points = points.with_what_answers().select_related("theme").prefetch_related(*latest)
    found: Page[Any] = Paginator(points, ON_A_PAGE).get_page(page)
    found.object_list = [Row(point, next(iter(point.carrier.rounds.all()), None)) for point in found.object_list]
    return found


def first_words(point: Point, most: int) -> str:
    """How what was said begins, in one line."""
    said = " ".join(one_to_read(point).said.split())
    return said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]}…"


def one_to_read(point: Point) -> Point:
    """The point, or where its words are erased one that says the same."""
    if point.said:
        return point
    return next((one for one in point.joined.all() if one.said), point)


def tab_counts() -> dict[str, int]:
    """How many points each way of looking shows."""
    return Point.objects.with_decision().aggregate(**{tab.value: Count("pk", filter=_of_tab(tab)) for tab in Tab})


def point_page(point_id: UUID) -> PointPage | None:
    """One point, or nothing if there is none of this id here."""
    rounds = Round.objects.order_by("-number").prefetch_related(
        "progress", "tellings__sayer__speaks_for", "confirmations"
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
            Prefetch("rounds", rounds),
            Prefetch("answered_with__rounds", rounds),
        )
    )
    point = points.filter(pk=point_id).first()
    if point is None:
        return None
    shown = list(point.carrier.rounds.all())
    latest = shown[0] if shown else None
    pair = pair_of(point, latest, said=point.said or "The words were erased.")
    if latest:
        pair = replace(pair, confirmation_words=staff_words(point, latest))
    return PointPage(point, shown, pair, clocks(point, latest), regards_of(point), other_parts(point))


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
        Tab.DECIDED: ~Q(stage__in=OPEN) & ~Q(decision=Decision.NOT_NOW),
        Tab.NOT_NOW: ~Q(stage__in=OPEN) & Q(decision=Decision.NOT_NOW),
        Tab.ALL: Q(),
    }[tab]

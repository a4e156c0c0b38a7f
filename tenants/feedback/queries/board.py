"""What a Partnership Board reads of a month, counted from the whole register in a fixed number of statements.

Points, decisions and days are things, so their numbers are exact; people are counted by the rule of disclosure alone
(docs/formulas.md §3). What waits counts in every figure (§6).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median_high
from uuid import UUID

from django.db.models import Min

from kit import clock, disclosure, working_days
from tenants.feedback import rules
from tenants.feedback.models import Confirmation, GroupTag, Point, Theme
from tenants.feedback.months import Month, months_from
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.rules import Answer, Clock, Decision, Stage, Voice
from tenants.feedback.trails import Trail

# How far back the run of months goes.
SHOWN_MONTHS = 6
NOT_SORTED = "Not sorted yet"
NO_GROUP = "No group written down"
CLOCKS = ("seen", "decided", "changed")


@dataclass(frozen=True, slots=True)
class ClockFigures:
    """One of the three clocks at the end of a month: how many ran, how many were late, and the longest of those."""

    name: str
    running: int
    late: int
    longest: int
    """Working days past the day that was promised."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened to some points in a month, and where they stood at its end: numbers of points, which are exact."""

    ever: int
    """That had come by the end, in whichever month."""
    said: int
    seen: int
    decided: Mapping[str, int]
    """By decision, as the last one of the month left it."""
    told: int
    """Of those decided: how many everybody who said it had been told about by the end."""
    changed: int
    confirmed: int
    partly: int
    denied: int
    waiting: int
    promised: int
    late: int

    @property
    def answered(self) -> int:
        return sum(self.decided.values())

    @property
    def not_done(self) -> int:
        """How many were answered with “we cannot”, or with “not now”."""
        return self.decided[Decision.CANNOT] + self.decided[Decision.NOT_NOW]


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month of the run: what came, what was answered, and what waited when it ended."""

    month: Month
    said: int
    answered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Speed:
    """How long answers took: of all points that waited in the month, those still waiting among them (§6)."""

    points: int
    answered: int
    half_within: int | None
    """Working days; nothing unless more than half were answered."""
    half_beyond: int | None
    """Otherwise: working days that half of them have waited or took, at least."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group: what came from it and became of it, and how many people that was, by the rule of disclosure."""

    label: str
    tally: Tally
    people_words: str


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """All that is counted for the paper of one month."""

    month: Month
    all: Tally
    clocks: Sequence[ClockFigures]
    speed: Speed
    run: Sequence[MonthFigures]
    themes: Sequence[tuple[str, Tally]]
    groups: Sequence[GroupFigures]
    heard: str
    """How those who answered “did it change?” answered, as a share of people in words; nothing if nobody did."""
    apart: int
    """Points about which something happened in the month, each that is answered with another left out."""


def board_months() -> list[Month]:
    """The months for which there is something to count, the newest first; this one if nothing was ever said."""
    first = Point.objects.aggregate(first=Min("created_at"))["first"]
    return months_from((first or clock.now()).astimezone(clock.LONDON).date())


def board_figures(month: Month) -> BoardFigures:
    """The figures of a month, as they stood when it ended, or as they stand today."""
    trails = trails_until(month.until)
    marks = [_mark(trail, month) for trail in trails]
    themes = [(theme.pk, theme.label) for theme in Theme.objects.all()]
    groups = [
        (group.pk, group.label, group.added_on is None or group.added_on <= month.until)
        for group in GroupTag.objects.filter(active=True)
    ]
    by_theme = _sorted_by(trails, marks, lambda trail: [trail.theme])
    by_group = _sorted_by(trails, marks, lambda trail: trail.groups or [None])
    return BoardFigures(
        month=month,
        all=_tally(marks),
        clocks=_clocks(marks, month.until),
        speed=_speed(trails, month),
        run=_run(trails, month),
        themes=[(label, _tally(by_theme[key])) for key, label in [*themes, (None, NOT_SORTED)] if by_theme[key]],
        groups=[
            GroupFigures(label, _tally(by_group[key]), _people_words(by_group[key]))
            for key, label, was_there in [*groups, (None, NO_GROUP, False)]
            if was_there or by_group[key]
        ],
        heard=_heard(month),
        apart=sum(mark.is_touched and not mark.trail.joined for mark in marks),
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """What happened to one point in a month, and where it stood at the end."""

    trail: Trail
    said: bool
    seen: bool
    decision: str
    told: bool
    changed: bool
    answers: Stage | None
    """What those who said it had answered by the end, if one of them answered in the month."""
    running: Sequence[Clock]
    late: bool

    @property
    def waits(self) -> bool:
        return any(clock.name == "decided" for clock in self.running)

    @property
    def is_touched(self) -> bool:
        """Whether it was decided, said to be done or answered for in the month."""
        return bool(self.decision or self.changed or self.answers)


def _mark(trail: Trail, month: Month) -> _Mark:
    until = month.until
    decided = next((turn for turn in reversed(trail.turns) if month.holds(turn.decided_on)), None)
    answered = (turn for turn in reversed(trail.turns) if any(month.holds(on) for on, *_ in turn.answers))
    running = trail.running(until)
    return _Mark(
        trail=trail,
        said=month.holds(trail.known_on),
        seen=month.holds(trail.seen_on),
        decision=decided.decision if decided else "",
        told=bool(decided and decided.told_on and decided.told_on <= until),
        changed=any(month.holds(turn.done_on) for turn in trail.turns),
        answers=next((turn.says(until) for turn in answered), None),
        running=running,
        late=any(clock.is_late(until) for clock in running),
    )


def _sorted_by(
    trails: Sequence[Trail], marks: Sequence[_Mark], keys: Callable[[Trail], Iterable[UUID | None]]
) -> Mapping[UUID | None, Sequence[_Mark]]:
    found: dict[UUID | None, list[_Mark]] = defaultdict(list)
    for trail, mark in zip(trails, marks, strict=True):
        for key in keys(trail):
            found[key].append(mark)
    return found


def _tally(marks: Sequence[_Mark]) -> Tally:
    decided = Counter(mark.decision for mark in marks)
    answers = Counter(mark.answers for mark in marks)
    return Tally(
        ever=len(marks),
        said=sum(mark.said for mark in marks),
        seen=sum(mark.seen for mark in marks),
        decided={decision.value: decided[decision] for decision in Decision},
        told=sum(mark.told for mark in marks),
        changed=sum(mark.changed for mark in marks),
        confirmed=answers[Stage.CONFIRMED],
        partly=answers[Stage.CHANGED],
        denied=answers[Stage.SEEN],
        waiting=sum(mark.waits for mark in marks),
        promised=sum(bool(mark.running) and not mark.waits for mark in marks),
        late=sum(mark.late for mark in marks),
    )


def _clocks(marks: Sequence[_Mark], until: date) -> list[ClockFigures]:
    found = []
    for name in CLOCKS:
        running = [clock for mark in marks for clock in mark.running if clock.name == name]
        late = [clock for clock in running if clock.is_late(until)]
        longest = max((_days(clock.due, until) for clock in late), default=0)
        found.append(ClockFigures(name, len(running), len(late), longest))
    return found


def _speed(trails: Sequence[Trail], month: Month) -> Speed:
    waits = [
        (asked, answered)
        for trail in trails
        for asked, answered in trail.waits(month.until)
        if answered is None or answered >= month.first
    ]
    took = [_days(asked, answered) for asked, answered in waits if answered]
    if 2 * len(took) > len(waits):
        # Those still waiting are taken to be the slowest: so the figure is never better than what happened.
        return Speed(len(waits), len(took), sorted(took)[len(waits) // 2], None)
    so_far = [_days(asked, answered or month.until) for asked, answered in waits]
    return Speed(len(waits), len(took), None, median_high(so_far) if so_far else None)


def _run(trails: Sequence[Trail], month: Month) -> list[MonthFigures]:
    first = Month.of(min((trail.known_on for trail in trails), default=month.first))
    shown = [month]
    while len(shown) < SHOWN_MONTHS and shown[0] > first:
        shown.insert(0, shown[0].before)
    return [
        MonthFigures(
            month=one,
            said=sum(one.holds(trail.known_on) for trail in trails),
            answered=sum(any(one.holds(turn.decided_on) for turn in trail.turns) for trail in trails),
            waiting=sum(trail.waits_since(one.until) is not None for trail in trails),
        )
        for one in shown
    ]


def _people_words(marks: Sequence[_Mark]) -> str:
    """How many people stand behind what was said in the month: their sum, unless it would give away one of its parts.

    The parts can be read elsewhere: the website says of each point how many said it. Nobody who is known to have said
    two of them is counted twice.
    """
    said = [mark.trail for mark in marks if mark.said and not mark.trail.people_elsewhere]
    if not said:
        return ""
    counted = [(trail.people, trail.sayers) for trail in said if trail.people is not None]
    if not counted:
        return "not known"
    more = "" if len(counted) == len(said) else " or more"
    known: dict[Hashable, int] = dict(enumerate(rules.crowds_in(counted)))
    if sum(known.values()) < disclosure.SMALLEST_SHOWN:
        return disclosure.people_words(sum(known.values())) + more
    alone = {key: disclosure.rounded(n) for key, n in known.items()}
    total = disclosure.total_of(known) if disclosure.protect(known) == alone else None
    return "number not given" if total is None else disclosure.people_words(total) + more


def _heard(month: Month) -> str:
    within = {"at__gte": month.begins_at, "at__lt": month.ends_at}
    # What was passed on counts nowhere (ADR 0041).
    given = Confirmation.objects.filter(voice=Voice.SAYER, sayer__point__passed_on_at=None, **within)
    rows = given.order_by("number")
    last = {one.voice_key: one.answer for one in rows}
    yes = sum(answer == Answer.YES for answer in last.values())
    return disclosure.share_words(yes, len(last)) if last else ""


@lru_cache(maxsize=4096)
def _days(first: date, last: date) -> int:
    return working_days.between(first, last)

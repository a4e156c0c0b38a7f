"""The way of every point until a day, from dated rows, in a fixed number of statements for any number of points."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from kit import clock
from tenants.feedback.models import Confirmation, Point, PointGroup, Progress, Round, Sayer, Told
from tenants.feedback.rules import NOT_TOLD, Answer, Kind
from tenants.feedback.trails import Trail, Turn

POINT = (
    "pk", "received_on", "created_at", "seen_at", "has_words", "answered_with", "answered_with__received_on", "theme",
    "how_many", "split_from",
)  # fmt: skip
ROUND = ("point", "pk", "decision", "decided_at", "due", "review_on")
HAS_WORDS = ExpressionWrapper(~Q(said=""), output_field=BooleanField())

Answers = tuple[tuple[date, Hashable, Answer], ...]


def trails_until(day: date) -> list[Trail]:
    """Every point that had been written down by a day, with all that is known to have happened to it."""
    # What was passed on is answered by somebody else (ADR 0041).
    until = datetime.combine(day + timedelta(days=1), time(), clock.LONDON)
    points = Point.objects.filter(created_at__lt=until, passed_on_at=None).order_by("received_on", "pk")
    rows = list(points.annotate(has_words=HAS_WORDS).values_list(*POINT))
    turns, groups, sayers = _turns(), _together(PointGroup.objects.values_list("point", "group")), who_said()
    with_words = {lead or key for key, _, _, _, has_words, lead, *_ in rows if has_words}
    return [
        Trail(
            received_on=received_on,
            known_on=_day(created_at),
            asked_on=lead_received_on or received_on,
            seen_on=_day_of(seen_at),
            turns=tuple(turns.get(lead or key, ())),
            erased=not has_words and key not in with_words,
            joined=lead is not None,
            theme=theme,
            groups=frozenset(groups.get(key, ())),
            people=people,
            sayers=frozenset(sayers.get(key, ())),
            people_elsewhere=whole is not None,
        )
        for key, received_on, created_at, seen_at, has_words, lead, lead_received_on, theme, people, whole in rows
    ]


def who_said() -> Mapping[UUID, Sequence[object]]:
    """Who is known to have said each point of which somebody wrote down how many said it: a person, or a slip."""
    rows = Sayer.objects.filter(point__how_many__isnull=False).values_list("point", "person_id", "slip", "pk")
    return _together((point, person or slip or key) for point, person, slip, key in rows)


def _turns() -> Mapping[UUID, Sequence[Turn]]:
    """The decisions about each point, the oldest first."""
    done = dict(Progress.objects.filter(kind=Progress.Kind.DONE).values_list("round", "at"))
    told, answers = _told_on(), _answers()
    found = defaultdict(list)
    for point, key, decision, decided_at, due, review_on in Round.objects.order_by("number").values_list(*ROUND):
        found[point].append(
            Turn(
                decision=decision,
                decided_on=_day(decided_at),
                due=due,
                review_on=review_on,
                done_on=_day_of(done.get(key)),
                told_on=told.get(key),
                answers=answers.get(key, ()),
            )
        )
    return found


def _told_on() -> Mapping[UUID, date]:
    """The day on which the last of those who can be told was, of each decision of which all of them have been."""
    ends, unfinished = {}, set()
    told = Told.objects.exclude(sayer__kind=Kind.GONE)
    for round_, ended_at, state in told.order_by("ended_at").values_list("round", "ended_at", "state"):
        if ended_at is None or state in NOT_TOLD:
            unfinished.add(round_)
        else:
            ends[round_] = _day(ended_at)
    return {round_: day for round_, day in ends.items() if round_ not in unfinished}


def _answers() -> Mapping[UUID, Answers]:
    given = Confirmation.objects.order_by("at", "number")
    found = _together((one.round_id, (_day(one.at), one.voice_key, Answer(one.answer))) for one in given)
    return {round_: tuple(answers) for round_, answers in found.items()}


def _together(pairs: Iterable[tuple[UUID, Any]]) -> Mapping[UUID, list[Any]]:
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _day(moment: datetime) -> date:
    """The day a moment falls on in London."""
    return moment.astimezone(clock.LONDON).date()


def _day_of(moment: datetime | None) -> date | None:
    return _day(moment) if moment else None

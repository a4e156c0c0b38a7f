"""The three clocks of a point, from its own dates."""

from datetime import date, datetime

from kit import clock
from tenants.feedback import rules
from tenants.feedback.models import Point, Progress, Round
from tenants.feedback.rules import Clock, Stage


def running_clock(point: Point, round_: Round | None) -> Clock | None:
    """The clock that runs now, if any: until it is seen, until it is decided, until what was promised is done."""
    if point.is_erased:
        return None
    if point.stage == Stage.SAID:
        return rules.seen_clock(point.waits_since)
    if point.stage == Stage.SEEN:
        return rules.decided_clock(point.carrier.waits_since)
    if round_ and point.due_on:
        return rules.changed_clock(round_.decided_on, point.due_on)
    return None


def clocks(point: Point, round_: Round | None) -> list[Clock]:
    """Every clock of the way to the latest answer; `round_` is the latest, with its progress."""
    if point.is_erased:
        return []
    if point.is_open and point.reopened_on:
        return [rules.decided_clock(point.reopened_on)]
    found = [rules.seen_clock(point.received_on, day_of(point.seen_at))]
    if point.seen_at:
        found.append(rules.decided_clock(_asked_on(point, round_), round_.decided_on if round_ else None))
    if round_ and round_.due:
        found.append(rules.changed_clock(round_.decided_on, round_.due, done_on(round_)))
    return found


def done_on(round_: Round) -> date | None:
    """The day on which the scheme said it was done."""
    return next((day_of(step.at) for step in round_.progress.all() if step.kind == Progress.Kind.DONE), None)


def day_of(moment: datetime | None) -> date | None:
    """The day a moment falls on in London."""
    return moment.astimezone(clock.LONDON).date() if moment else None


def _asked_on(point: Point, round_: Round | None) -> date:
    """From when the deciding clock ran: a point that was opened again had its clock started anew."""
    if round_ and point.reopened_on and point.reopened_on <= round_.decided_on:
        return point.reopened_on
    return point.received_on

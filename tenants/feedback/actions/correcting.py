"""Something that was written down wrong is put right, while nothing rests on it."""

from datetime import date

from django.db import transaction

import audit
from kit.dates import short_day
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import latest_round, locked_with_words, move
from tenants.feedback.errors import AlreadyAnswered, NotThen
from tenants.feedback.models import Point
from tenants.feedback.rules import Stage


@transaction.atomic
def correct_day(*, point: Point, received_on: date, by: Person) -> Point:
    """Put right on which day a point came, until it is decided about; its clocks start anew from that day.

    Where points are answered together, the clocks of all are those of the one that leads, and that stays the oldest.
    """
    point = locked_with_words(point.pk)
    _check(point, received_on)
    if received_on == point.received_on:
        return point
    point.received_on = received_on
    if point.answered_with_id:
        point.save(update_fields=["received_on"])
    else:
        runs = rules.seen_clock if point.stage == Stage.SAID else rules.decided_clock
        move(point, Stage(point.stage), due_on=runs(point.waits_since).due, also=("received_on",))
    count_again(point.pk)
    audit.record(by=by, operation="change", what="corrected the day on which a point came", thing=point)
    return point


def _check(point: Point, day: date) -> None:
    if not point.was_written_down:
        raise NotThen("Somebody sent this to you themselves. It came on the day on which they sent it.")
    if latest_round(point):
        raise AlreadyAnswered("This has an answer by now, so the day on which it came can no longer be changed.")
    if point.said_on and day < point.said_on:
        raise NotThen(rules.BEFORE_IT_WAS_SAID, field="received_on")
    # What is written down is there. A later day would give time that nobody has.
    if day > point.written_on:
        written = short_day(point.written_on)
        raise NotThen(f"This was written down on {written}. Enter that day or an earlier day", field="received_on")
    if not _stays_in_order(point, day):
        raise NotThen(
            "With this day another of those that are answered together would be the oldest, and the oldest leads. "
            "Take them apart first.",
            field="received_on",
        )


def _stays_in_order(point: Point, day: date) -> bool:
    """Whether the one that leads is still the oldest of those with words (ADR 0049)."""
    if point.answered_with:
        return day >= point.answered_with.received_on
    return not point.joined.exclude(said="").filter(received_on__lt=day).exists()

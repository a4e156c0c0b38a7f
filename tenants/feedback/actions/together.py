"""Points that say the same are answered together, and everybody keeps what they said themselves (ADR 0049)."""

from collections.abc import Sequence

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import latest_round, locked_together
from tenants.feedback.errors import AlreadyAnswered, NothingSaid, WordsErased
from tenants.feedback.models import Point
from tenants.feedback.rules import Stage

NO_LONGER_APPROVED = {"public_words_approved_at": None, "public_words_by_id": None, "words_left_out": False}


@transaction.atomic
def answer_together(*, points: Sequence[Point], by: Person) -> Point:
    """Have points that say the same answered as one, by the oldest of them, with its clocks; done again, no change."""
    chosen = {point.pk for point in points}
    held = locked_together(*chosen)
    lead = min(held, key=lambda point: (not point.said, point.received_on, point.created_at, point.pk))
    if len(held) > 1 and len({point.carrier.pk for point in held}) == 1:
        return held[0].carrier
    _check(held, [point for point in held if point.pk in chosen])
    due = rules.decided_clock(lead.waits_since).due
    for point in held:
        point.answered_with = None if point.pk == lead.pk else lead
        _wait_from(point, by)
        _save(point, due_on=due)
        audit.record(
            by=by, operation="collate", what="put points together that say the same", thing=point, basis="consent"
        )
    count_again(*(point.pk for point in held))
    return next(point for point in held if point.pk == lead.pk)


@transaction.atomic
def answer_apart(*, point: Point, by: Person) -> Point:
    """Answer a point by itself again; of the one that leads, all that are answered with it. Done again, no change."""
    held = locked_together(point.pk)
    point = next(one for one in held if one.pk == point.pk)
    if len(held) == 1:
        return point
    if latest_round(point):
        raise AlreadyAnswered("These points have an answer together, so they stay together.")
    leave = {one.pk for one in held} if point.answered_with_id is None else {point.pk}
    for one in held:
        if one.pk in leave:
            one.answered_with = None
        # The words for the website may rest on what is now answered elsewhere.
        _save(one, due_on=rules.decided_clock(one.carrier.waits_since).due)
        audit.record(by=by, operation="change", what="took points apart again", thing=one)
    count_again(*(one.pk for one in held))
    return point


def _check(held: Sequence[Point], chosen: Sequence[Point]) -> None:
    if any(point.is_erased for point in chosen):
        raise WordsErased("The words of one of these were erased meanwhile. Choose again.")
    if len(held) < 2:
        raise NothingSaid("Choose at least one other point.", field="others")
    if any(latest_round(point) for point in held):
        raise AlreadyAnswered("One of these has an answer already. Only points that wait for their first go together.")


def _wait_from(point: Point, by: Person) -> None:
    """Whoever puts points together has read each of them."""
    point.stage = Stage.SEEN
    if point.seen_at is None:
        point.seen_at, point.seen_by_id = clock.now(), by.pk


def _save(point: Point, **fields: object) -> None:
    for name, value in (NO_LONGER_APPROVED | fields).items():
        setattr(point, name, value)
    point.save(update_fields=["answered_with", "stage", "seen_at", "seen_by_id", *NO_LONGER_APPROVED, *fields])

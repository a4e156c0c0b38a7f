"""Every action locks its point first, with all that are answered together with it.

So two people who act on one point act one after the other. Whoever needs several rows takes them at once, in the order
of their ids: two people never wait for each other.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from tenants.feedback.errors import AnsweredWithAnother, WordsErased
from tenants.feedback.models import Point, Round
from tenants.feedback.rules import Stage

# What is left to do about a point without words: erased, or passed on.
NOTHING_LEFT = (
    "The words were erased, with the record of the only person who said them. Nobody is left to answer.",
    "This was passed on to the safeguarding lead. There is nothing more to do here.",
)


def locked(point_id: UUID) -> Point:
    """The point as it stands now, held until the transaction ends."""
    return next(point for point in locked_together(point_id) if point.pk == point_id)


def locked_together(*point_ids: UUID) -> list[Point]:
    """These points and all that are answered together with them, held; what somebody joined meanwhile is held too."""
    while True:
        before = transaction.savepoint()
        wanted = _together(*point_ids)
        held = list(Point.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
        if _together(*point_ids) == wanted:
            transaction.savepoint_commit(before)
            return held
        # Let go of everything: one row more, taken now, could be out of order.
        transaction.savepoint_rollback(before)


def locked_with_words(point_id: UUID) -> Point:
    """The same for what staff do about a point: with its words erased there is nobody left to do it for."""
    point = locked(point_id)
    if point.is_erased:
        raise WordsErased(NOTHING_LEFT[point.passed_on_at is not None])
    return point


def locked_to_answer(point_id: UUID) -> Point:
    """The same for what answers a point: one that says the same as another is answered there."""
    point = locked_with_words(point_id)
    if point.answered_with_id:
        raise AnsweredWithAnother("This is answered together with another point now. Go back and open that one.")
    return point


def latest_round(point: Point) -> Round | None:
    """What was decided last about a point, or about the one that it is answered with."""
    return Round.objects.filter(point_id=point.answered_with_id or point.pk).order_by("-number").first()


def move(point: Point, stage: Stage, *, due_on: date | None, also: tuple[str, ...] = ()) -> None:
    """Bring a point, and all that are answered with it, to a stage, with the day by which the next step is promised."""
    point.stage = stage
    point.due_on = due_on
    point.save(update_fields=["stage", "due_on", *also])
    shared = {"reopened_on": point.reopened_on} if "reopened_on" in also else {}
    point.joined.update(stage=stage, due_on=due_on, **shared)


def forget_the_whole(point: Point) -> None:
    """Leave the other parts of what was taken apart only their own words: each keeps all that was said with it."""
    family: set[UUID] = set()
    found = {point.pk} | ({point.split_from_id} if point.split_from_id else set())
    while found != family:
        family = set(found)
        found |= set(Point.objects.filter(split_from__in=family).values_list("pk", flat=True))
        cut_from = Point.objects.filter(pk__in=family).values_list("split_from", flat=True)
        found |= {pk for pk in cut_from if pk}
    others = Point.objects.select_for_update().filter(pk__in=family).exclude(pk=point.pk)
    for part in others.order_by("pk"):
        part.said_whole = part.said
        part.save(update_fields=["said_whole"])


def _together(*point_ids: UUID) -> set[UUID]:
    return set(Point.objects.together_with(*point_ids).order_by().values_list("pk", flat=True))

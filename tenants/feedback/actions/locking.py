"""Every action locks its point first, so that two people who act on one point act one after the other."""

from datetime import date
from uuid import UUID

from tenants.feedback.errors import WordsErased
from tenants.feedback.models import Point, Round
from tenants.feedback.rules import Stage


def locked(point_id: UUID) -> Point:
    """The point as it stands now, held until the transaction ends."""
    return Point.objects.select_for_update().get(pk=point_id)


def locked_with_words(point_id: UUID) -> Point:
    """The same for what staff do about a point: with its words erased there is nobody left to do it for."""
    point = locked(point_id)
    if point.is_erased:
        raise WordsErased(
            "The words were erased, with the record of the only person who said them. Nobody is left to answer."
        )
    return point


def latest_round(point: Point) -> Round | None:
    return point.rounds.order_by("-number").first()


def move(point: Point, stage: Stage, *, due_on: date | None, also: tuple[str, ...] = ()) -> None:
    """Bring a point to a stage, with the day by which the next step is promised."""
    point.stage = stage
    point.due_on = due_on
    point.save(update_fields=["stage", "due_on", *also])

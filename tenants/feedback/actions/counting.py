"""What national figures are made of follows from what happens to a point (ADR 0060)."""

import uuid
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

import comparison.actions
from comparison.queries import undecided_at
from kit import outbox, scope
from tenants.feedback.actions.locking import locked_together
from tenants.feedback.models import Point
from tenants.feedback.queries.facts import facts
from tenants.schemes.models import Scheme

KIND = "feedback.count"
AT_ONCE = 500


def count_again(*point_ids: UUID) -> None:
    """Promise, in the transaction of whatever happened to these points, that they are counted as they then stand."""
    # What is counted is read when it is counted, so each of these promises is a new one.
    outbox.put(KIND, key=uuid.uuid4(), points=list(point_ids))


@transaction.atomic
def count(*, point_ids: Collection[UUID]) -> None:
    """Write what is true of these points, and of those that are answered with them, into the national store.

    They are held meanwhile: who counts them after somebody else has seen what that one saw, or more.
    """
    held = {point.pk for point in locked_together(*point_ids)}
    found = facts(held)
    comparison.actions.write(scheme=_here(), facts={key: found.get(key) for key in {*point_ids, *held}})


@transaction.atomic
def count_everything() -> None:
    """Promise that every point of the scheme is counted, some at a time."""
    keys = list(Point.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        count_again(*keys[first : first + AT_ONCE])


@transaction.atomic
def count_emptied() -> None:
    """The same for those that have no words any more and of which the store knows no decision."""
    waiting = Point.objects.filter(pk__in=undecided_at(_here()))
    emptied = waiting.exclude(pk__in=waiting.not_erased().values("pk")).values_list("pk", flat=True)
    if emptied:
        count_again(*emptied)


def promised() -> set[UUID]:
    """The points of which such a promise waits, and those that are answered with them: they are counted too."""
    waiting = [payload.get("points") for payload in outbox.waiting_payloads(KIND, schema=scope.current())]
    named = {UUID(str(key)) for points in waiting if isinstance(points, list) for key in points}
    everything = not all(isinstance(points, list) for points in waiting)
    found = Point.objects.all() if everything else Point.objects.together_with(*named)
    return named | set(found.order_by().values_list("pk", flat=True))


def _here() -> Scheme:
    return Scheme.objects.get(schema_name=scope.current())

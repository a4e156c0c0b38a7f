"""Points that may say the same as another, for staff who put them together."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, Q, Value, When

from tenants.feedback.models import Point

MOST_SHOWN = 30


def could_join(point: Point, *, words: str = "", also: Collection[UUID] = ()) -> list[Point]:
    """What waits for its first answer like this one: about the same first, then the oldest; `also` what was ticked."""
    ours = Point.objects.together_with(point.pk).values("pk")
    found = Point.objects.leading().waiting().filter(rounds=None).exclude(pk__in=ours).prefetch_related("joined")
    if words:
        found = found.saying(words)
    alike = Case(When(Q(theme=point.theme_id) & ~Q(theme=None), then=Value(0)), default=Value(1))
    shown = list(found.select_related("theme").order_by(alike, "received_on", "pk")[:MOST_SHOWN])
    here = {one.pk for one in shown}
    return shown + list(Point.objects.select_related("theme").filter(pk__in=set(also) - here - {point.pk}))


def words_may_rest_on(point: Point) -> list[Point]:
    """Of what is answered together: the points whose sayers all agreed that other words stand on the website."""
    return list(Point.objects.together_with(point.pk).each_agreed().exclude(said="").order_by("received_on", "pk"))


def words_so_far(point: Point) -> str:
    """What somebody wrote for the website before, also about one that is answered with it."""
    return next((one.public_words for one in (point, *point.joined.all()) if one.public_words), "")


def other_parts(point: Point) -> list[Point]:
    """The other points that were made of what was said with this one."""
    if not point.said_whole:
        return []
    first = point.split_from_id or point.pk
    return list(Point.objects.filter(Q(pk=first) | Q(split_from=first) | Q(split_from=point)).exclude(pk=point.pk))


def other_parts_to_correct(point: Point) -> list[Point]:
    """Those of them that wait for their first answer, each with a day of its own."""
    parts = Point.objects.filter(pk__in=[one.pk for one in other_parts(point)])
    return list(parts.waiting().filter(rounds=None, answered_with__rounds=None).order_by("received_on", "pk"))

"""What is read of due regard."""

from tenants.feedback.models import DueRegard, Point


def regards_of(point: Point) -> list[DueRegard]:
    """Every version at a point and at what is answered with it, the newest first, with the decisions resting on it."""
    together = Point.objects.together_with(point.carrier.pk)
    found = DueRegard.objects.filter(point__in=together).order_by("-made_at", "-number")
    return list(found.prefetch_related("rounds"))

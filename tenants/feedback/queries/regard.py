"""What is counted of due regard: numbers of decisions, which need no word of any record."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tenants.feedback.models import DueRegard, Point, Round


@dataclass(frozen=True, slots=True)
class RegardCounts:
    """Decisions of a scheme by how its duties were taken into account: things, so the numbers are exact."""

    decisions: int
    with_record: int
    not_relevant: int
    from_before: int
    """Decided before such records were kept."""


def regard_counts() -> RegardCounts:
    """All decisions that were ever made here."""
    return RegardCounts(
        **Round.objects.aggregate(
            decisions=Count("pk"),
            with_record=Count("pk", filter=Q(regard__changes_policy=True)),
            not_relevant=Count("pk", filter=Q(regard__changes_policy=False)),
            from_before=Count("pk", filter=Q(regard=None)),
        )
    )


def regards_of(point: Point) -> list[DueRegard]:
    """Every version at a point and at what is answered with it, the newest first, with the decisions resting on it."""
    together = Point.objects.together_with(point.carrier.pk)
    found = DueRegard.objects.filter(point__in=together).order_by("-made_at", "-number")
    return list(found.prefetch_related("rounds"))

"""The ways to a group's visits and programmes, on its page."""

from collections.abc import Sequence

from django.urls import reverse

from groups.models import Group, GroupMembership
from groups.seats import MONITORS
from groups.ways_on import Way, register


@register
def ways(group: Group, seat: GroupMembership) -> Sequence[Way]:
    """For whoever goes on visits."""
    if group.kind != Group.Kind.USER_LED or seat.seat not in MONITORS:
        return ()
    return [
        Way("Visits", reverse("visits", args=[group.slug]), "What is planned, and what was"),
        Way("Programmes", reverse("programmes", args=[group.slug]), "Where the group goes again and again"),
    ]

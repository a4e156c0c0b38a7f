"""The way to a group's question sets, on its page."""

from collections.abc import Sequence

from django.urls import reverse

from groups.models import Group, GroupMembership
from groups.seats import MONITORS
from groups.ways_on import Way, register


@register
def way(group: Group, seat: GroupMembership) -> Sequence[Way]:
    """For whoever goes on visits."""
    if group.kind != Group.Kind.USER_LED or seat.seat not in MONITORS:
        return ()
    return [Way("Questions", reverse("question_sets", args=[group.slug]), "What the group asks on its visits")]

"""Whom the team of a visit can ring on the day: whose number it is, and for how long it is kept."""

from uuid import UUID

from django.db import transaction

import audit
from groups.models import Group
from groups.queries import seat
from kit import clock
from peer_monitoring.errors import NotOfTheGroup, TooLate
from peer_monitoring.models import Visit
from peer_monitoring.models.visits import NUMBER_KEPT_FOR

OVER = "This visit is over. Nobody is rung about it any more."
NOT_OF_THE_GROUP = "Choose somebody of your group. They have left it, or were never in it."


@transaction.atomic
def say_whom_to_ring(*, visit: Visit, to_ring: str, of_id: UUID | None, by: UUID) -> Visit:
    """Give a name and a number, another, or none, while the visit goes on; nothing else of its plan changes."""
    held = Visit.objects.select_for_update(of=("self",)).select_related("group").get(pk=visit.pk)
    if not (held.can_change or held.only_ringing_changes):
        raise TooLate(OVER)
    held.to_ring, held.to_ring_of_id = to_ring, whose(held.group, to_ring, of_id, by=by)
    held.save(update_fields=["to_ring", "to_ring_of_id"])
    audit.record(by=by, operation="change", what="said whom a team can ring", thing=held)
    return held


def forget_numbers() -> None:
    """A week after its day nobody rings anybody about a visit, whether it was held or not."""
    Visit.objects.names_somebody_to_ring().filter(day__lt=clock.today() - NUMBER_KEPT_FOR).ring_nobody()


def whose(group: Group, to_ring: str, of_id: UUID | None, *, by: UUID) -> UUID | None:
    """Whose number it is: somebody of the group, or whoever gave it where nobody is named."""
    if not to_ring:
        return None
    if of_id is not None and seat(of_id, group) is None:
        raise NotOfTheGroup(NOT_OF_THE_GROUP)
    return of_id or by

"""Somebody goes on visits with a group no more."""

from uuid import UUID

from django.db import transaction

import audit
from groups.queries import groups_i_monitor_in, my_groups
from peer_monitoring.actions.team_news import forget_news
from peer_monitoring.models import Draft, SealedDraft, Seat, Visit


@transaction.atomic
def leave_teams(*, group_id: UUID, person_id: UUID) -> None:
    """They are on no team that is still to go, and what nobody else was to read goes: their needs and their drafts.

    Who has no seat at all is rung by no team any more. What they sent is the group's and stays. Nothing happens where
    they came back meanwhile.
    """
    if groups_i_monitor_in(person_id).filter(pk=group_id).exists():
        return
    is_still_of_it = my_groups(person_id).filter(pk=group_id).exists()
    unrung = 0 if is_still_of_it else Visit.objects.of_whom_to_ring(group_id, person_id).ring_nobody()
    seats = Seat.objects.in_group(group_id, person_id)
    forget_news(person_id, seats)
    left = seats.still_to_go().give_up()
    forgotten = seats.exclude(needs="").update(needs="")
    dropped, _ = Draft.objects.in_group(group_id, person_id).delete()
    sealed, _ = SealedDraft.objects.in_group(group_id, person_id).delete()
    if left or forgotten or dropped or sealed or unrung:
        audit.record(by=None, operation="change", what="took somebody off the teams of a group", subject=person_id)

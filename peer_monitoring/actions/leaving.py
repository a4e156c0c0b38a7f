"""Somebody goes on visits with a group no more."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

import audit
from groups.models import Group
from groups.queries import groups_i_monitor_in, is_led_by, my_groups, seat_by_id
from peer_monitoring.actions.concerns import DEALT_WITH, RAISED
from peer_monitoring.actions.safety import ALARM, WELL
from peer_monitoring.actions.team_news import News
from peer_monitoring.models import Draft, SealedDraft, Seat, Visit
from people.actions import read_notices_below


@transaction.atomic
def leave_teams(*, member_id: UUID) -> None:
    """They are on no team that is still to go, and what nobody else was to read goes: their needs and their drafts.

    Who has no seat at all is rung by no team any more. What they sent is the group's and stays. Nothing happens where
    they came back meanwhile.
    """
    held = seat_by_id(member_id)
    if held is None or groups_i_monitor_in(held.person_id).filter(pk=held.group_id).exists():
        return
    group_id, person_id = held.group_id, held.person_id
    is_still_of_it = my_groups(person_id).filter(pk=group_id).exists()
    unrung = 0 if is_still_of_it else Visit.objects.of_whom_to_ring(group_id, person_id).ring_nobody()
    seats = Seat.objects.in_group(group_id, person_id)
    read_notices_below(person_id=person_id, path=_visits_of(held.group))
    left = seats.still_to_go().give_up()
    forgotten = seats.exclude(needs="").update(needs="")
    dropped, _ = Draft.objects.in_group(group_id, person_id).delete()
    sealed, _ = SealedDraft.objects.in_group(group_id, person_id).delete()
    if left or forgotten or dropped or sealed or unrung:
        audit.record(by=None, operation="change", what="took somebody off the teams of a group", subject=person_id)


@transaction.atomic
def lead_no_more(*, member_id: UUID) -> None:
    """What was raised, and who is not back on visits of others, is not theirs to see to, unless they lead again."""
    held = seat_by_id(member_id)
    if held is None or is_led_by(held.group, held.person_id):
        return
    of_leads = [RAISED, DEALT_WITH, News.SAID_OFF, News.CAME_AFTER, News.TO_CHOOSE]
    read_notices_below(person_id=held.person_id, path=_visits_of(held.group), kinds=of_leads)
    own = Seat.objects.in_group(held.group_id, held.person_id).filter(left_at=None)
    team = [_visits_of(held.group, visit_id) for visit_id in own.values_list("visit_id", flat=True)]
    read_notices_below(person_id=held.person_id, path=_visits_of(held.group), kinds=[ALARM, WELL], but=team)


def _visits_of(group: Group, *of: UUID) -> str:
    """Where the pages of a group's visits begin, or those of one of them."""
    return reverse("visit" if of else "visits", args=[group.slug, *of], urlconf=settings.PUBLIC_SCHEMA_URLCONF)

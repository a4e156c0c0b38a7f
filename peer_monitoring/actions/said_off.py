"""The leads of a group learn that somebody sent what they had because a visit was called off: a lead calls it off."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from groups.models import GroupMembership
from kit import outbox
from peer_monitoring import queries
from peer_monitoring.actions.team_news import News, Put, Waits, promise_word, send_word, tell
from peer_monitoring.models import Record, Visit

KIND = News.SAID_OFF


def promise_said_off(record: Record) -> None:
    """The leads will be told; the promise names what was sent, and no person."""
    outbox.put("peer_monitoring.said_off", key=record.pk, in_schema="public")


@transaction.atomic
def tell_it_is_said_off(*, record_id: UUID) -> None:
    """On the page of each lead but whoever said it, and by a wordless message, as they are told other news of a visit.

    Not where somebody changed it since, or the visit is over by now.
    """
    visits = Visit.objects.select_for_update(of=("self",)).select_related("group")
    visit, record = visits.filter(records=record_id).first(), Record.objects.filter(pk=record_id).first()
    if visit is None or record is None or not _is_so(record, visit):
        return
    for lead in queries.leads_to_tell(visit, but=record.person_id):
        if since := tell(lead.person_id, KIND, visit):
            promise_word(_word_to(lead, visit.pk, since), to=lead.person_id, key=str(uuid4()))


@transaction.atomic
def send_said_off_word(*, member_id: UUID, visit_id: UUID, since: datetime, key: str) -> None:
    """The message, to whoever still leads."""
    lead = GroupMembership.objects.running().filter(pk=member_id, seat=GroupMembership.Seat.LEAD).first()
    if lead is not None:
        told = Waits(lead.person_id, KIND, visit_id, since)
        send_word(told, _word_to(lead, visit_id, since), key=key)


def _word_to(lead: GroupMembership, visit_id: UUID, since: datetime) -> Put:
    return lambda key, due: outbox.put(
        "peer_monitoring.said_off_word", key=key, in_schema="public", due=due, member=lead.pk, visit=visit_id,
        since=since,
    )  # fmt: skip


def _is_so(record: Record, visit: Visit) -> bool:
    said = record.unfinished == Record.Unfinished.CALLED_OFF and record.state != Record.State.REPLACED
    return said and visit.is_on

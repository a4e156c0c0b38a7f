"""The leads of a group learn that somebody sent what they had because a visit was called off: a lead calls it off."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from groups.models import GroupMembership
from kit import clock, outbox
from peer_monitoring import queries, wordless
from peer_monitoring.actions.team_news import News, tell
from peer_monitoring.models import Record, Visit
from people.queries import own_email, safe_to_write, waits_since

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
            _promise_word(lead, visit.pk, since=since)


@transaction.atomic
def send_said_off_word(*, member_id: UUID, visit_id: UUID, since: datetime, key: str) -> None:
    """The message, if they still lead and have not looked meanwhile; at another time, where this is not safe now."""
    lead = GroupMembership.objects.running().filter(pk=member_id, seat=GroupMembership.Seat.LEAD).first()
    if lead is None or waits_since(lead.person_id, kind=KIND, key=str(visit_id)) != since:
        return
    if safe_to_write(lead.person_id) > clock.now():
        _promise_word(lead, visit_id, since=since)
    elif address := own_email(lead.person_id):
        wordless.send(key=f"visit_said_off:{key}", to=address)


def _is_so(record: Record, visit: Visit) -> bool:
    said = record.unfinished == Record.Unfinished.CALLED_OFF and record.state != Record.State.REPLACED
    return said and visit.is_on


def _promise_word(lead: GroupMembership, visit_id: UUID, *, since: datetime) -> None:
    outbox.put(
        "peer_monitoring.said_off_word", key=uuid4(), in_schema="public", due=safe_to_write(lead.person_id),
        member=lead.pk, visit=visit_id, since=since,
    )  # fmt: skip

"""The leads of a group learn that somebody sent what they had because a visit was called off: a lead calls it off.

And once it was called off, that something came which does not say so: somebody may have gone there all the same. And
that records of one person differ, of which somebody has to choose the one that counts.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from groups.models import GroupMembership
from kit import outbox
from peer_monitoring import queries
from peer_monitoring.actions.team_news import News, Put, Waits, promise_word, send_word, tell
from peer_monitoring.models import Record, Visit
from peer_monitoring.records import Sent
from people.actions import end_notices


def promise_news_to_leads(record: Record, sent: Sent, visit: Visit, *, is_new: bool) -> None:
    """The leads will be told, where what came is news to them; the promise names what was sent, and no person."""
    if visit.cancelled_at and not sent.says_called_off:
        outbox.put("peer_monitoring.came_after", key=record.pk, in_schema="public")
    elif sent.says_called_off and is_new:
        outbox.put("peer_monitoring.said_off", key=record.pk, in_schema="public")


@transaction.atomic
def tell_it_is_said_off(*, record_id: UUID) -> None:
    """On the page of each lead but whoever said it, and by a wordless message, as they are told other news of a visit.

    Not where somebody changed it since, or the visit is over by now.
    """
    _tell_leads(record_id, News.SAID_OFF, _is_said_off)


@transaction.atomic
def tell_it_came_after(*, record_id: UUID) -> None:
    """In the same way that something came of a visit that was called off: of each visit once, however much comes."""
    _tell_leads(record_id, News.CAME_AFTER, _came_after)


def promise_to_choose(record: Record) -> None:
    """The leads will be told, where somebody has to choose between what came and something else."""
    if record.state == Record.State.CONFLICT:
        outbox.put("peer_monitoring.to_choose", key=f"{record.pk}:{uuid4()}", in_schema="public")


@transaction.atomic
def tell_it_is_to_choose(*, record_id: UUID) -> None:
    """In the same way that records differ, also whoever they came from: until somebody has chosen."""
    _tell_leads(record_id, News.TO_CHOOSE, lambda record, _: record.state == Record.State.CONFLICT)


def end_to_choose(visit: Visit) -> None:
    """It waits for nobody, where nothing is to be chosen any more."""
    if not Record.objects.on(visit).to_choose().exists():
        end_notices(kind=News.TO_CHOOSE, key=str(visit.pk))


@transaction.atomic
def send_said_off_word(*, member_id: UUID, visit_id: UUID, since: datetime, key: str, news: str) -> None:
    """The message of any of them, to whoever still leads."""
    lead = GroupMembership.objects.running().filter(pk=member_id, seat=GroupMembership.Seat.LEAD).first()
    if lead is not None:
        told = Waits(lead.person_id, News(news), visit_id, since)
        send_word(told, _word_to(lead, told.news, visit_id, since), key=key)


def _tell_leads(record_id: UUID, news: News, is_so: Callable[[Record, Visit], bool]) -> None:
    visits = Visit.objects.select_for_update(of=("self",)).select_related("group")
    visit, record = visits.filter(records=record_id).first(), Record.objects.filter(pk=record_id).first()
    if visit is None or record is None or not is_so(record, visit):
        return
    for lead in queries.leads_to_tell(visit, but=None if news == News.TO_CHOOSE else record.person_id):
        if since := tell(lead.person_id, news, visit):
            promise_word(_word_to(lead, news, visit.pk, since), to=lead.person_id, key=str(uuid4()))


def _word_to(lead: GroupMembership, news: News, visit_id: UUID, since: datetime) -> Put:
    return lambda key, due: outbox.put(
        "peer_monitoring.said_off_word", key=key, in_schema="public", due=due, member=lead.pk, visit=visit_id,
        since=since, news=news.value,
    )  # fmt: skip


def _is_said_off(record: Record, visit: Visit) -> bool:
    said = record.unfinished == Record.Unfinished.CALLED_OFF and record.state != Record.State.REPLACED
    return said and visit.is_on


def _came_after(record: Record, visit: Visit) -> bool:
    return record.pk in queries.came_after(visit, [record])

"""Whoever is on the team of a settled visit learns what becomes of it; whoever did it knows already."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from groups.queries import groups_i_monitor_in
from kit import clock, outbox
from peer_monitoring import wordless
from peer_monitoring.models import Seat, Visit
from people.actions import end_notices, notice, notice_again, read_notices
from people.queries import is_waiting, own_email, safe_to_write, waits_since


class News(StrEnum):
    """What somebody is told of a visit: the kind of their notice."""

    YOURS = "visit_yours"
    CHANGED = "visit_changed"
    OFF = "visit_off"
    SAID_OFF = "visit_said_off"
    CAME_AFTER = "visit_came_after"
    TO_CHOOSE = "visit_to_choose"
    LEFT = "visit_left"


@dataclass(frozen=True, slots=True)
class Waits:
    """Which news of a visit waits for somebody, and since when."""

    who: UUID
    news: News
    visit_id: UUID
    since: datetime


Put = Callable[[str, datetime], None]
"""Puts a message into the outbox under a key, due at a moment; its words there find the person again, and name none."""

# That a visit is said to be called off, or that records of it differ, waits until something is done about it.
_TO_DO = (News.SAID_OFF, News.TO_CHOOSE)
_TO_KNOW = [one for one in News if one not in _TO_DO]
# What is true no more once the other is told.
_ENDS: dict[News, tuple[News, ...]] = {News.YOURS: (News.LEFT,), News.LEFT: (News.YOURS, News.CHANGED)}


def promise_news(news: News, seats: Iterable[Seat], *, by: UUID) -> None:
    """Whoever has one of these seats will be told, but for who did it; the promise names the seat and no person."""
    for seat in seats:
        if seat.person_id != by:
            outbox.put("peer_monitoring.team_news", key=uuid4(), in_schema="public", seat=seat.pk, news=news.value)


@transaction.atomic
def tell_team_news(*, seat_id: UUID, news: str, key: str) -> None:
    """On their page, and by a wordless message unless news of the visit waits there unread; nothing that is true no
    more."""
    visits = Visit.objects.select_for_update(of=("self",)).select_related("group")
    # Whoever changes a team holds its visit, so the seat is read once that is ours.
    visit, told = visits.filter(seats=seat_id).first(), News(news)
    seat = Seat.objects.filter(pk=seat_id).first()
    if visit is None or seat is None or not _is_so(told, visit, seat):
        return
    read_notices(person_id=seat.person_id, kinds=_ENDS.get(told, ()), keys=[str(visit.pk)])
    if since := tell(seat.person_id, told, visit):
        promise_word(_word_to(seat, told, since), to=seat.person_id, key=key)


def tell(who: UUID, news: News, visit: Visit) -> datetime | None:
    """On their page. Since when it waits there, if a message is to say so: no news of the visit waited unread."""
    about = str(visit.pk)
    is_written_to = is_waiting(who, kinds=list(News) if news in _TO_DO else _TO_KNOW, key=about)
    give = notice if news == News.CAME_AFTER else notice_again
    give(person_id=who, kind=news, key=about, path=_path(visit))
    return None if is_written_to else waits_since(who, kind=news, key=about)


@transaction.atomic
def send_team_word(*, seat_id: UUID, news: str, since: datetime, key: str) -> None:
    """The message to whoever has this seat, or had it."""
    if seat := Seat.objects.filter(pk=seat_id).first():
        told = Waits(seat.person_id, News(news), seat.visit_id, since)
        send_word(told, _word_to(seat, told.news, since), key=key)


def _word_to(seat: Seat, news: News, since: datetime) -> Put:
    return lambda key, due: outbox.put(
        "peer_monitoring.team_word", key=key, in_schema="public", due=due, seat=seat.pk, news=news.value, since=since
    )


def promise_word(put: Put, *, to: UUID, key: str) -> None:
    """A message that something waits for somebody: each time that it is put off it is another promise of the same."""
    due = safe_to_write(to)
    put(f"{key.partition('/')[0]}/{due.isoformat()}", due)


def send_word(told: Waits, put: Put, *, key: str) -> None:
    """The message, if they have not looked meanwhile at what it is about; at another time, where this is not safe now.

    What they have looked at and what waits again since then has a message of its own.
    """
    if waits_since(told.who, kind=told.news, key=str(told.visit_id)) != told.since:
        return
    if safe_to_write(told.who) > clock.now():
        promise_word(put, to=told.who, key=key)
    elif address := own_email(told.who):
        wordless.send(key=f"visit_team:{key}", to=address)


@transaction.atomic
def read_news(*, visit: Visit, by: UUID) -> None:
    """Somebody has the page of a visit before them: what they only have to know waits for them no more."""
    read_notices(person_id=by, kinds=_TO_KNOW, keys=[str(visit.pk)])


def end_said_off(visit: Visit) -> None:
    """Nobody has to call it off any more, or to move it."""
    end_notices(kind=News.SAID_OFF, key=str(visit.pk))


def end_news(visit: Visit) -> None:
    """Who goes and when is news no more: the visit is over, or was called off.

    Whoever was taken off its team before is told nothing of that, and still has to know that they do not go.
    """
    for news in (News.YOURS, News.CHANGED, News.SAID_OFF, *([] if visit.cancelled_at else [News.LEFT])):
        end_notices(kind=news, key=str(visit.pk))


def _is_so(news: News, visit: Visit, seat: Seat) -> bool:
    """Whether it is still true, and they can open the page that it leads to."""
    if not groups_i_monitor_in(seat.person_id).filter(pk=visit.group_id).exists():
        return False
    if news == News.LEFT:
        return seat.left_at is not None and visit.logged_at is None
    return seat.left_at is None and (news == News.OFF or visit.is_on)


def _path(visit: Visit) -> str:
    return reverse("visit", args=[visit.group.slug, visit.pk], urlconf=settings.PUBLIC_SCHEMA_URLCONF)

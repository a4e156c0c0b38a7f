"""What somebody raises on a visit goes to the scheme's safeguarding lead before all else, and tells nobody of a visit
that is held back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

import audit
from groups.models import GroupMembership
from groups.queries import is_led_by
from kit import clock, outbox
from kit.dates import moment
from peer_monitoring import limits, queries, records, wordless
from peer_monitoring.actions.receiving import NOT_TAKEN, seat_of
from peer_monitoring.actions.where_raised import place_and_time, promise_where
from peer_monitoring.errors import NotAConcern, NotARecord, TooManyConcerns
from peer_monitoring.models import SiteConcern, Visit
from peer_monitoring.models.concerns import Because, Step, Whom
from people.actions import end_notices, notice, read_notices
from people.queries import work_email

MOST_LETTERS = 5_000
# What a lead is told of: the kinds of their notices.
RAISED, DEALT_WITH = "visit_concern", "visit_concern_done"
NO_CONCERN = "This is no concern that can be read. Tell somebody in person, and in danger call 999."
TOO_LONG = f"Write {MOST_LETTERS:,} letters at most, and send it again."
# An app keeps what it could not send; a page has nothing that tries again.
TOO_MANY = "Very many concerns came from you. This one is sent later by itself. In danger call 999."
TOO_MANY_HERE = (
    "Very many concerns came from you, so this one was not sent. What you typed is still here: send it again in an "
    "hour. Do not wait for us: tell somebody in person now. In danger call 999."
)


@dataclass(frozen=True, slots=True)
class ConcernReceipt:
    """That the server holds a concern."""

    concern_id: UUID
    sha256: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the scheme gets of a concern, and what it may know of how it came."""

    words: str
    how_it_came: str


@transaction.atomic
def receive_concern(*, concern_id: UUID, body: bytes, by: UUID, too_many: str = TOO_MANY) -> ConcernReceipt:
    """Take a concern, and promise that it reaches the scheme; the same bytes are one, however often they come.

    Other bytes under its name are another one: words about harm are never dropped.
    """
    told, digest = _read(body), records.sha256(body)
    if told.concern_id != concern_id:
        raise NotAConcern(NO_CONCERN)
    visit, left_at = _visit_of(told.visit_id, by)
    before = list(SiteConcern.objects.filter(id_on_phone=concern_id).values_list("person_id", "sha256"))
    if any(person_id != by for person_id, _ in before):
        raise NotARecord(NOT_TAKEN)
    if digest not in {sha for _, sha in before}:
        if not limits.may_raise(by):
            raise TooManyConcerns(too_many)
        concern = SiteConcern.objects.create(
            id_on_phone=concern_id, visit=visit, person_id=by, sha256=digest, words=told.words,
            is_inside=told.is_inside, raised_at=(raised_at := _when(told.raised_at, visit)),
            site_then=visit.place_at(min(raised_at, left_at or raised_at)),
        )  # fmt: skip
        outbox.put("peer_monitoring.concern", key=concern.pk, in_schema=visit.site.scheme.schema_name)
        outbox.put("peer_monitoring.concern_raised", key=concern.pk, in_schema="public")
        if told.is_inside:
            promise_where(visit)
        audit.record(by=by, operation="change", what="raised a concern on a visit", subject=by, thing=visit)
    return ConcernReceipt(concern_id, digest)


@transaction.atomic
def raise_concern(*, visit: Visit, concern_id: UUID, words: str, is_inside: bool, by: UUID) -> ConcernReceipt:
    """Raise a concern now, on a page: pressed twice it is one."""
    told = {"id": str(concern_id), "visit": str(visit.pk), "words": words, "inside": is_inside}
    return receive_concern(concern_id=concern_id, body=json.dumps(told).encode(), by=by, too_many=TOO_MANY_HERE)


def _visit_of(visit_id: UUID, by: UUID) -> tuple[Visit, datetime | None]:
    """A visit of whoever was on its team, or leads its group: a lead hears of harm as well.

    And since when they know its plan no more, where they left: they raise it where it was to be then.
    """
    led = Visit.objects.select_for_update(of=("self",)).filter(pk=visit_id, ready_at__isnull=False).first()
    if led is not None and is_led_by(led.group, by):
        return led, None
    visit, seat = seat_of(visit_id, by)
    return visit, seat.left_at


@transaction.atomic
def hand_over_concern(*, concern_id: UUID) -> HandedOver | None:
    """Give a concern to whoever keeps it from now on, once: its words are here no more."""
    concern = SiteConcern.objects.select_for_update(of=("self",)).select_related("visit__group").get(pk=concern_id)
    if not concern.words:
        return None
    handed = HandedOver(concern.words, _how_it_came(concern))
    concern.words, concern.passed_on_at = "", clock.now()
    concern.save(update_fields=["words", "passed_on_at"])
    return handed


@transaction.atomic
def say_where_kept(*, concern_id: UUID, kept_as: UUID) -> None:
    """Write down which concern of the scheme it became, so that the group learns what becomes of it."""
    SiteConcern.objects.filter(pk=concern_id).update(kept_as=kept_as)


@transaction.atomic
def follow_concern(*, kept_as: UUID, step: str, whom: str, at: datetime, because: str = "") -> None:
    """Write down that somebody was told of it, sees to it, or has dealt with it; nothing for another concern."""
    held = SiteConcern.objects.kept_as(kept_as).select_related("visit__group")
    match Step(step):
        case Step.TOLD:
            # Whoever was told before, and of whom it is heard later, is not told last.
            newest = held.filter(Q(told_at=None) | Q(told_at__lte=at))
            newest.update(told_to=Whom(whom), told_at=at, told_because=Because(because) if because else "")
        case Step.SEEN:
            held.update(seen_by=Whom(whom), seen_at=at)
            for concern in held.without_words():
                end_notices(kind=RAISED, key=str(concern.pk))
        case Step.DONE:
            held.update(done_at=at)
            for concern in held.without_words():
                _tell_leads_it_is_done(concern)


@transaction.atomic
def tell_leads(*, concern_id: UUID) -> None:
    """Whoever leads the group learns that a concern was raised, and no word of it; whoever raised it knows already."""
    concern = SiteConcern.objects.select_related("visit__group").get(pk=concern_id)
    for lead in queries.leads_to_tell(concern.visit, but=concern.person_id):
        notice(person_id=lead.person_id, kind=RAISED, key=str(concern.pk), path=_page(concern))
        outbox.put("peer_monitoring.concern_word", key=f"{concern.pk}:{lead.pk}", in_schema="public", member=lead.pk)


@transaction.atomic
def read_of_concerns(*, concerns: Iterable[SiteConcern], by: UUID) -> None:
    """Somebody has before them how these stand: nothing of them waits any more but what nobody has taken up yet."""
    found = list(concerns)
    seen = [str(one.pk) for one in found if not one.may_be_taken_up]
    if found:
        read_notices(person_id=by, kinds=[DEALT_WITH], keys=[str(one.pk) for one in found])
        read_notices(person_id=by, kinds=[RAISED], keys=seen)


@transaction.atomic
def send_concern_word(*, member_id: UUID, key: str) -> None:
    """One neutral message at once, to the address with which they sign in; none to whoever does not lead any more."""
    lead = GroupMembership.objects.running().filter(pk=member_id, seat=GroupMembership.Seat.LEAD).first()
    address = work_email(lead.person_id) if lead else None
    if address:
        wordless.send(key=f"visit_concern:{key}", to=address)


def _tell_leads_it_is_done(concern: SiteConcern) -> None:
    """It waits for nobody any more; who was told of it, and leads the group still, learns that it was dealt with."""
    told = set(end_notices(kind=RAISED, key=str(concern.pk)))
    for lead in queries.leads_to_tell(concern.visit, but=concern.person_id):
        if lead.person_id in told:
            notice(person_id=lead.person_id, kind=DEALT_WITH, key=str(concern.pk), path=_page(concern))


def _page(concern: SiteConcern) -> str:
    """Where it says how the concern stands."""
    visit = concern.visit
    return reverse("visit", args=[visit.group.slug, visit.pk], urlconf=settings.PUBLIC_SCHEMA_URLCONF)


def _how_it_came(concern: SiteConcern) -> str:
    """From a visit that is held back it carries site and time once the team was let in, and never the visit.

    Before that it says nothing, as a concern does that anybody wrote on a page of the scheme: one is like the other.
    Once the team was let in, `where_raised` adds it.
    """
    visit = concern.visit
    if not visit.is_held_back:
        let_in, when = "had been let in" if concern.is_inside else "had not been let in yet", moment(concern.raised_at)
        return f"From {visit.group.name}, on a visit to {concern.where}, {when}. The team {let_in}."
    return place_and_time(concern) if queries.is_place_told(visit) else ""


@dataclass(frozen=True, slots=True)
class _Told:
    concern_id: UUID
    visit_id: UUID
    words: str
    is_inside: bool
    raised_at: Any


def _read(body: bytes) -> _Told:
    try:
        told: Any = json.loads(body)
        words = records.cleaned(told["words"]).strip()
        found = _Told(
            concern_id=UUID(told["id"]), visit_id=UUID(told["visit"]), words=words,
            is_inside=told.get("inside") is True, raised_at=told.get("raised_at"),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NotAConcern(NO_CONCERN) from wrong
    if not words:
        raise NotAConcern(NO_CONCERN)
    if len(words) > MOST_LETTERS:
        raise NotAConcern(TOO_LONG)
    return found


def _when(said: Any, visit: Visit) -> datetime:
    """When it was raised, as the phone says; as of now where its clock is wrong: no concern is refused for that.

    No phone knows of what is to come, nor of a visit before it was settled.
    """
    now = clock.now()
    try:
        told = records.moment_of(said)
    except (ValueError, TypeError):
        return now
    return told if told and visit.ready_at and visit.ready_at <= told <= now else now

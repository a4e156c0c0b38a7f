"""What phones ask: whose they are, which visits and drafts they hold, and what became of those that are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from kit import clock, tokens
from peer_monitoring.models import (
    Phone,
    Record,
    SealedDraft,
    SealedPhoto,
    Seat,
    SiteConcern,
    Visit,
)
from peer_monitoring.queries.planning import HEAVY
from peer_monitoring.querysets import RecordQuerySet, VisitQuerySet
from people.queries import has_an_account
from questions.models import QuestionSetVersion

# How long a phone is told why a visit that it may hold is to be logged no more, and how a concern raised on it stands.
STILL_ASKED = timedelta(days=60)
# How long a phone says of such a visit that something was sent of it (`SHOWN_FOR` in the app's `mine.js`).
STILL_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gone:
    """How a visit came to be theirs no more; `why` is what the lead wrote of one that was called off."""

    how: str
    why: str = ""


def visits_to_log(person_id: UUID) -> VisitQuerySet:
    """The visits that the app on somebody's phone holds, the next one first."""
    mine = Visit.objects.of_teams_with(person_id).to_log().select_related("site__scheme", "group", "version")
    return mine.defer(*HEAVY).order_by("day", "starts_at")


def lately_gone(person_id: UUID) -> dict[UUID, Gone]:
    """Visits of the last weeks that somebody logs no more, and why: they left, or it was called off or closed.

    Whoever is off a team, or goes on visits for its group no more, learns nothing of what became of it.
    """
    lately = Visit.objects.filter(day__gte=clock.today() - STILL_ASKED, ready_at__isnull=False)
    theirs = lately.of_teams_with(person_id)
    left = lately.filter(seats__person_id=person_id).exclude(pk__in=theirs.values("pk"))
    over = theirs.exclude(pk__in=visits_to_log(person_id).values("pk"))
    ended = {
        pk: Gone("cancelled", why) if cancelled else Gone("closed")
        for pk, cancelled, why in over.values_list("pk", "cancelled_at", "cancelled_why")
    }
    return dict.fromkeys(left.values_list("pk", flat=True), Gone("left")) | ended


def left_from(person_id: UUID, visits: Iterable[UUID]) -> dict[UUID, Seat]:
    """The seats that somebody gave up on these visits, which say where and when each was to be then."""
    return {one.visit_id: one for one in Seat.objects.left_by(person_id).filter(visit__in=visits)}


def versions_of(ids: Iterable[UUID]) -> QuerySet[QuestionSetVersion]:
    """Each of these versions once, however many visits ask it: one can be as long as a book."""
    return QuestionSetVersion.objects.filter(pk__in=set(ids)).defer("form")


def versions_for_groups(ids: Iterable[UUID], groups: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Of these versions those that one of these groups can use, each with the group that owns its set; none owns ours.

    What a phone names opens no set of another group.
    """
    found = QuestionSetVersion.objects.for_groups(groups).filter(pk__in=set(ids))
    return dict(found.values_list("pk", "question_set__group"))


def my_records(person_id: UUID) -> RecordQuerySet:
    """What somebody sent of these visits, as far as it counts."""
    mine = Record.objects.of_person(person_id).counting().filter(visit__in=visits_to_log(person_id).values("pk"))
    return mine.prefetch_related("attachments")


def lately_sent(person_id: UUID) -> RecordQuerySet:
    """What somebody sent in the last days of visits that they log no more, with where that was, as far as it counts."""
    mine = Record.objects.of_person(person_id).counting().exclude(visit__in=visits_to_log(person_id).values("pk"))
    lately = mine.filter(received_at__gte=clock.now() - STILL_SHOWN).prefetch_related("attachments")
    where = lately.select_related("visit__site__scheme", "visit__group", "visit__version")
    return where.defer(*(f"visit__{one}" for one in HEAVY))


def sealed_drafts(person_id: UUID) -> QuerySet[SealedDraft]:
    """What somebody had not finished when they signed out of the app, with the ids of the photos that came."""
    photos = Prefetch("held", SealedPhoto.objects.defer("body"))
    mine = SealedDraft.objects.of_person(person_id).prefetch_related(photos)
    where = mine.select_related("visit__site__scheme", "visit__group", "visit__version")
    return where.defer(*(f"visit__{one}" for one in HEAVY))


def is_here(person_id: UUID, delivery_id: UUID, photo_id: UUID) -> bool:
    """Whether somebody's own record or draft of this name has come, or any that names a photo."""
    records, drafts = Record.objects.of_person(person_id), SealedDraft.objects.of_person(person_id)
    named = drafts.filter(pk=delivery_id) | drafts.naming(photo_id)
    naming = records.filter(attachments__photo_id_on_phone=photo_id)
    return records.filter(pk=delivery_id).exists() or named.exists() or naming.exists()


def photo_of_draft(person_id: UUID, draft_id: UUID, photo_id: UUID) -> SealedPhoto:
    """A photo of one of somebody's own drafts; any other is not found."""
    mine = SealedPhoto.objects.of_person(person_id)
    return get_object_or_404(mine, draft=draft_id, photo_id_on_phone=photo_id)


def phones_of(person_id: UUID) -> QuerySet[Phone]:
    """Somebody's own phones, also those that were shut out, the last one first."""
    return Phone.objects.of_person(person_id)


def my_phone(person_id: UUID, phone_id: UUID) -> Phone:
    """One of them; any other is not found."""
    return get_object_or_404(phones_of(person_id), pk=phone_id)


def name_of_phone(person_id: UUID, phone_id: UUID) -> str:
    """What one of them is called; nothing where it is none of theirs."""
    return phones_of(person_id).filter(pk=phone_id).values_list("name", flat=True).first() or ""


def phone_of(token: str) -> Phone | None:
    """The phone that shows this token, of somebody whose account is open; also one that was shut out."""
    phone = Phone.objects.filter(token_hash=tokens.fingerprint(token)).first() if token else None
    return phone if phone and has_an_account(phone.person_id) else None


def my_concerns(person_id: UUID, visits: Iterable[UUID]) -> QuerySet[SiteConcern]:
    """What somebody raised on these visits, and in the last weeks on any others, with where that was."""
    told = Q(visit__in=visits) | Q(received_at__gte=clock.now() - STILL_ASKED)
    mine = SiteConcern.objects.of_person(person_id).filter(told).select_related("visit__site__scheme")
    return mine.without_words().order_by("raised_at")

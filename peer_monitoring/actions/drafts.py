"""A draft that was not finished when its owner signed out of the app: kept sealed, and given back to them alone."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

import audit
from kit import clock
from peer_monitoring import records, sealing
from peer_monitoring.actions.photos import NOT_NAMED, PHOTOS_OFF, look_at
from peer_monitoring.actions.receiving import NOT_TAKEN, seat_of
from peer_monitoring.errors import NotAPhoto, NotARecord, RecordFirst, TooManyDrafts
from peer_monitoring.models import SealedDraft, SealedPhoto, Visit

MOST_DRAFTS = 50
RECORD_FIRST = "The record that this photo belongs to has not come yet. It is sent first."
NO_DRAFT = "This is no draft of a visit. Keep this phone as it is and tell whoever leads your group."
TOO_MANY = "Very many drafts of yours wait already. Sign in to the app, so that it fetches them."


@dataclass(frozen=True, slots=True)
class DraftReceipt:
    """What the server holds of a draft."""

    draft_id: UUID
    sha256: str
    held: tuple[UUID, ...] = ()
    missing: tuple[UUID, ...] = ()


@transaction.atomic
def receive_draft(*, draft_id: UUID, sealed: bytes, by: UUID) -> DraftReceipt:
    """Keep a draft as it came. The same one, changed since, takes the place of what came before."""
    body = sealing.opened(sealed, at=sealing.address(draft_id, "draft"))
    visit_id, photos = _read(body)
    visit, _ = seat_of(visit_id, by)
    held = SealedDraft.objects.filter(pk=draft_id).first()
    if held is not None and (held.person_id != by or held.visit_id != visit.pk):
        raise NotARecord(NOT_TAKEN)
    if held is None and SealedDraft.objects.of_person(by).count() >= MOST_DRAFTS:
        raise TooManyDrafts(TOO_MANY)
    digest = records.sha256(body)
    if held is None or held.sha256 != digest:
        named = {"photos": photos, "body": sealed, "sha256": digest, "received_at": clock.now()}
        held, _ = SealedDraft.objects.update_or_create(
            pk=draft_id, defaults=named, create_defaults={**named, "visit": visit, "person_id": by}
        )
        audit.record(by=by, operation="change", what="sent a sealed draft of a visit", subject=by, thing=visit)
    return photos_of_draft(held)


@transaction.atomic
def receive_draft_photo(*, draft_id: UUID, photo_id: UUID, sealed: bytes, content: bytes, by: UUID) -> DraftReceipt:
    """Keep a photo of a draft as it came, once; `content` is what is sealed in it."""
    draft = SealedDraft.objects.of_person(by).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise RecordFirst(RECORD_FIRST)
    if not Visit.objects.get(pk=draft.visit_id).photos_allowed:
        raise NotAPhoto(PHOTOS_OFF)
    digest = records.sha256(content)
    if (str(photo_id), digest) not in {(one["id"], one["sha256"]) for one in draft.photos}:
        raise NotAPhoto(NOT_NAMED)
    look_at(content)
    SealedPhoto.objects.get_or_create(draft=draft, photo_id_on_phone=photo_id, defaults={"body": sealed})
    receipt = photos_of_draft(draft)
    return DraftReceipt(draft.pk, digest, receipt.held, receipt.missing)


@transaction.atomic
def let_go_of_draft(*, draft_id: UUID, photos: Collection[UUID], by: UUID) -> DraftReceipt | None:
    """A draft is on its owner's phone again, with these photos: nothing of it stays here. Said twice, it does no harm.

    A photo that it names besides is here alone, or still on its way here: then all of it stays, and is answered.
    """
    mine = SealedDraft.objects.of_person(by).select_for_update(of=("self",))
    draft = mine.select_related("visit").filter(pk=draft_id).first()
    if draft is None:
        return None
    if not {UUID(one["id"]) for one in draft.photos} <= set(photos):
        return photos_of_draft(draft)
    audit.record(by=by, operation="change", what="fetched a sealed draft", subject=by, thing=draft.visit)
    draft.delete()
    return None


def photos_of_draft(draft: SealedDraft) -> DraftReceipt:
    """Which of the photos that a draft names have come."""
    came = {one.photo_id_on_phone for one in draft.held.all()}
    named = [UUID(one["id"]) for one in draft.photos]
    held, missing = (tuple(one for one in named if (one in came) == wanted) for wanted in (True, False))
    return DraftReceipt(draft.pk, draft.sha256, held, missing)


def _read(body: bytes) -> tuple[UUID, list[dict[str, str]]]:
    """Which visit a draft is of, and the photos that it names; all else in it is the app's own."""
    if len(body) > records.MOST_BYTES:
        raise NotARecord(records.TOO_BIG)
    try:
        told: Any = json.loads(body)
        photos = records.photos_of(told)
        return UUID(told["visit"]), [{"id": str(one.id), "sha256": one.sha256, "key": one.key} for one in photos]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NotARecord(NO_DRAFT) from wrong

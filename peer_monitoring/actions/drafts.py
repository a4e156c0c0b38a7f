"""A draft that was not finished when its owner signed out of the app: kept sealed, and given back to them alone."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from math import isfinite
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

import audit
from groups.queries import groups_i_monitor_in
from kit import clock
from peer_monitoring import records, sealing
from peer_monitoring.actions.photos import NOT_NAMED, PHOTOS_OFF, look_at
from peer_monitoring.actions.receiving import NOT_TAKEN, seat_of
from peer_monitoring.errors import NotAPhoto, NotARecord, RecordFirst, TooManyDrafts
from peer_monitoring.models import SealedDraft, SealedPhoto, Visit

MOST_DRAFTS = 50
# Bytes of all drafts of one person. All are given back at once.
MOST_BYTES = 10 * 1024 * 1024
# Values in one draft, and how deep they stand: in memory, a list of empty lists is many times what it is as text.
MOST_VALUES = 20_000
DEEPEST = 20
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
    if not groups_i_monitor_in(by).filter(pk=visit.group_id).exists():
        # What was kept of their drafts went when they left the group.
        raise NotARecord(NOT_TAKEN)
    held = SealedDraft.objects.filter(pk=draft_id).first()
    if held is not None and (held.person_id != by or held.visit_id != visit.pk):
        raise NotARecord(NOT_TAKEN)
    others = SealedDraft.objects.of_person(by).exclude(pk=draft_id).aggregate(bytes=Sum(Length("body")))["bytes"] or 0
    if others + len(sealed) > MOST_BYTES or (held is None and SealedDraft.objects.of_person(by).count() >= MOST_DRAFTS):
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
    visit = Visit.objects.get(pk=draft.visit_id)
    if not visit.photos_allowed and visit.photos_off_at is None:
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


def told_in(body: bytes) -> dict[str, Any]:
    """What a draft says; `NotARecord` where it is none, or one that could not be given back among all else."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotARecord(NO_DRAFT) from wrong
    if not isinstance(told, dict) or not _can_be_given_back(told):
        raise NotARecord(NO_DRAFT)
    return told


def _can_be_given_back(told: dict[str, Any]) -> bool:
    """Whether there is an end to it, and to each of its numbers: JSON has no word for those without."""
    level: list[Any] = [told]
    values = 0
    for _ in range(DEEPEST):
        values += len(level)
        if values > MOST_VALUES or any(isinstance(one, float) and not isfinite(one) for one in level):
            return False
        inside = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [below for one in inside for below in one]
    return not level


def _read(body: bytes) -> tuple[UUID, list[dict[str, str]]]:
    """Which visit a draft is of, and the photos that it names; all else in it is the app's own."""
    if len(body) > records.MOST_BYTES:
        raise NotARecord(records.TOO_BIG)
    told = told_in(body)
    try:
        photos = records.photos_of(told)
        return UUID(told["visit"]), [{"id": str(one.id), "sha256": one.sha256, "key": one.key} for one in photos]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotARecord(NO_DRAFT) from wrong

"""A draft that was not finished when its owner signed out of the app: kept sealed, and given back to them alone."""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

import audit
from groups.queries import groups_i_monitor_in
from kit import clock
from peer_monitoring import records, sealing
from peer_monitoring.actions.photos import NOT_NAMED, PHOTOS_OFF, look_at, receive_photo
from peer_monitoring.actions.receiving import NOT_TAKEN, seat_of
from peer_monitoring.errors import NotAPhoto, NotARecord, NotOpened, RecordFirst, TooManyDrafts
from peer_monitoring.models import Attachment, Record, SealedDraft, SealedPhoto, Visit

MOST_DRAFTS = 50
# Bytes of all drafts of one person. All are given back at once.
MOST_BYTES = 10 * 1024 * 1024
# Values in one draft, and how deep they stand: in memory, a list of empty lists is many times what it is as text.
MOST_VALUES = 20_000
DEEPEST = 20
RECORD_FIRST = "What this photo belongs to has not come. It is sent first, if you did not throw it away."
NO_DRAFT = "This is no draft of a visit. Keep this phone as it is and tell whoever leads your group."
TOO_MANY = "Very many drafts of yours wait already. Sign in to the app, so that it fetches them."


@dataclass(frozen=True, slots=True)
class DraftReceipt:
    """What the server holds of a draft."""

    draft_id: UUID
    sha256: str
    held: tuple[UUID, ...] = ()
    missing: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedFor:
    """A photo as it came, sealed for a place in a draft: in another one it cannot be opened."""

    draft_id: UUID
    body: bytes


@transaction.atomic
def receive_draft(*, draft_id: UUID, sealed: bytes, by: UUID) -> DraftReceipt:
    """Keep a draft as it came. The same one, changed since, takes the place of what it was changed from.

    It came back to two phones, perhaps, and was changed on both: what it was not changed from stays beside it.
    """
    body = sealing.opened(sealed, at=sealing.address(draft_id, "draft"))
    visit_id, photos, after = _read(body)
    visit, _ = seat_of(visit_id, by)
    if not groups_i_monitor_in(by).filter(pk=visit.group_id).exists():
        # What was kept of their drafts went when they left the group.
        raise NotARecord(NOT_TAKEN)
    held = SealedDraft.objects.filter(pk=draft_id).first()
    if held is not None and (held.person_id != by or held.visit_id != visit.pk):
        raise NotARecord(NOT_TAKEN)
    mine, digest = SealedDraft.objects.of_person(by), records.sha256(body)
    kept = mine.filter(visit=visit, sha256=digest).first()
    if kept is None and held is not None and _words(_opened(held)) == _words(body):
        # Where it was only looked at, what other phones made of it, or threw away, is the same still.
        return replace(photos_of_draft(held), sha256=digest)
    if kept is None:
        if not _takes_the_place(held, draft_id, after):
            held, sealed = None, b""
        others = (mine.exclude(pk=draft_id) if held else mine).aggregate(bytes=Sum(Length("body")))["bytes"] or 0
        if others + len(body) > MOST_BYTES or (held is None and mine.count() >= MOST_DRAFTS):
            raise TooManyDrafts(TOO_MANY)
        kept = held or SealedDraft(pk=draft_id if sealed else uuid4(), visit=visit, person_id=by)
        kept.body = sealed or sealing.sealed_anew(body, at=sealing.address(kept.pk, "draft"))
        kept.photos, kept.sha256, kept.received_at = photos, digest, clock.now()
        kept.save()
        _bring_photos(kept)
        audit.record(by=by, operation="change", what="sent a sealed draft of a visit", subject=by, thing=visit)
    return replace(photos_of_draft(kept), draft_id=draft_id)


@transaction.atomic
def receive_draft_photo(*, photo_id: UUID, content: bytes, came: SealedFor, by: UUID) -> DraftReceipt:
    """Keep a photo of a draft, once for each version of it that names the photo."""
    drafts = SealedDraft.objects.of_person(by)
    draft = drafts.naming(photo_id).first() or drafts.filter(pk=came.draft_id).first()
    if draft is None:
        raise RecordFirst(RECORD_FIRST)
    look_at(content)
    # Held, as by a version that is set apart meanwhile and takes the photos that came.
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=draft.visit_id)
    if not visit.photos_allowed and visit.photos_off_at is None:
        raise NotAPhoto(PHOTOS_OFF)
    if not keep_for_drafts(photo_id=photo_id, content=content, came=came, by=by):
        raise NotAPhoto(NOT_NAMED)
    receipt = photos_of_draft(draft)
    return DraftReceipt(came.draft_id, records.sha256(content), receipt.held, receipt.missing)


def keep_for_drafts(*, photo_id: UUID, content: bytes, came: SealedFor, by: UUID) -> int:
    """With each draft of theirs that names it a photo stays sealed, where it can be as it came; with how many."""
    named = {"id": str(photo_id), "sha256": records.sha256(content)}
    found = SealedDraft.objects.of_person(by).naming(photo_id).select_for_update(of=("self",)).order_by("pk")
    drafts = [draft for draft in found if any(named.items() <= one.items() for one in draft.photos)]
    for draft in drafts:
        _keep_photo(draft, photo_id, content, came)
    return len(drafts)


@transaction.atomic
def end_draft(*, record: Record, after: str) -> bool:
    """Its record has come: the photos that the draft waited with go to that, and the draft goes; whether there was one.

    What another phone made of it since stays, as a draft of its own.
    """
    assert record.person_id is not None
    mine = SealedDraft.objects.of_person(record.person_id).select_for_update(of=("self",))
    draft = mine.filter(pk=record.pk).first()
    if draft is None:
        return False
    for photo_id in Attachment.objects.of(record).filter(photo=None).values_list("photo_id_on_phone", flat=True):
        photo = draft.held.filter(photo_id_on_phone=photo_id).first()
        with suppress(NotOpened, NotAPhoto):
            if photo is not None:
                receive_photo(record=record, photo_id=photo_id, content=_photo_in(photo))
    if after and after != draft.sha256:
        _set_apart(draft)
    else:
        draft.delete()
    return True


@transaction.atomic
def let_go_of_draft(
    *, draft_id: UUID, photos: Collection[UUID], by: UUID, sha256: str | None = None
) -> DraftReceipt | None:
    """A draft is on its owner's phone again, with these photos: nothing of it stays here. Said twice, it does no harm.

    A photo that it names besides is here alone, or still on its way here: then all of it stays, and is answered. So
    it does where the phone has another version (`sha256`) than the one that is here by now.
    """
    mine = SealedDraft.objects.of_person(by).select_for_update(of=("self",))
    draft = mine.select_related("visit").filter(pk=draft_id).first()
    if draft is None:
        return None
    if sha256 not in (None, draft.sha256) or not {UUID(one["id"]) for one in draft.photos} <= set(photos):
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


def _takes_the_place(held: SealedDraft | None, draft_id: UUID, after: str) -> bool:
    """Whether a draft stands under its own id, now that it has come: nothing else does, or what it was made from."""
    if held is None:
        return not Record.objects.filter(pk=draft_id).exists()
    return held.sha256 == after


def _set_apart(draft: SealedDraft) -> None:
    """The same draft under another id, sealed anew for that."""
    body, apart = _opened(draft), SealedDraft.objects.get(pk=draft.pk)
    if body:
        apart.pk = uuid4()
        apart.body = sealing.sealed_anew(body, at=sealing.address(apart.pk, "draft"))
        apart.save(force_insert=True)
        _bring_photos(apart)
        draft.delete()


def _bring_photos(draft: SealedDraft) -> None:
    """What came already of its photos with another version of it."""
    named = [one["id"] for one in draft.photos]
    came = SealedPhoto.objects.of_person(draft.person_id).filter(photo_id_on_phone__in=named).exclude(draft=draft)
    for photo in came.iterator(chunk_size=1):
        with suppress(NotOpened):
            _keep_photo(draft, photo.photo_id_on_phone, _photo_in(photo))


def _keep_photo(draft: SealedDraft, photo_id: UUID, content: bytes, came: SealedFor | None = None) -> None:
    if draft.held.filter(photo_id_on_phone=photo_id).exists():
        return
    if came is not None and came.draft_id == draft.pk:
        sealed = came.body
    else:
        sealed = sealing.sealed_anew(content, at=sealing.address(draft.pk, f"photos/{photo_id}"))
    SealedPhoto.objects.create(draft=draft, photo_id_on_phone=photo_id, body=sealed)


def _photo_in(photo: SealedPhoto) -> bytes:
    return sealing.opened(bytes(photo.body), at=sealing.address(photo.draft_id, f"photos/{photo.photo_id_on_phone}"))


def _opened(draft: SealedDraft) -> bytes:
    """Nothing where its key is gone."""
    try:
        return sealing.opened(bytes(draft.body), at=sealing.address(draft.pk, "draft"))
    except NotOpened:
        return b""


def _words(body: bytes) -> Any:
    """What is the same on two phones that changed nothing, however it was read there."""
    told = json.loads(body or b"{}")
    return {name: said for name, said in told.items() if name not in ("after", "salt", "mode", "language")}


def _read(body: bytes) -> tuple[UUID, list[dict[str, str]], str]:
    """Which visit a draft is of, the photos that it names, and what it was made of; all else is the app's own."""
    if len(body) > records.MOST_BYTES:
        raise NotARecord(records.TOO_BIG)
    told = told_in(body)
    try:
        photos = records.photos_of(told)
        named = [{"id": str(one.id), "sha256": one.sha256, "key": one.key} for one in photos]
        return UUID(told["visit"]), named, records.after_of(told)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotARecord(NO_DRAFT) from wrong

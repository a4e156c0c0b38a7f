"""What a phone delivers is opened and taken like what comes by a page; the phone learns what we hold (ADR 0074)."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from kit import clock
from peer_monitoring import records, sealing
from peer_monitoring.actions.concerns import ConcernReceipt, receive_concern
from peer_monitoring.actions.drafts import (
    DraftReceipt,
    SealedFor,
    end_draft,
    keep_for_drafts,
    receive_draft,
    receive_draft_photo,
)
from peer_monitoring.actions.photos import receive_photo
from peer_monitoring.actions.receiving import Receipt, receipt_of, receive
from peer_monitoring.errors import NotARecord
from peer_monitoring.models import Phone, Record, SealedDraft


@transaction.atomic
def deliver_record(*, phone: Phone, record_id: UUID, sealed: bytes) -> Receipt:
    """Take a sealed record of whoever the phone belongs to, whether or not they are signed in."""
    body = sealing.opened(sealed, at=sealing.address(record_id, "record"))
    sent = records.read(body)
    if sent.instance_id != record_id:
        raise NotARecord(records.NO_RECORD)
    receipt = receive(body=body, by=phone.person_id)
    record = Record.objects.get(pk=record_id)
    if end_draft(record=record, after=sent.after):
        receipt = receipt_of(record, receipt.sha256)
    _delivered(phone)
    return receipt


@transaction.atomic
def deliver_concern(*, phone: Phone, concern_id: UUID, sealed: bytes) -> ConcernReceipt:
    """Take a sealed concern, which waits for nothing else."""
    body = sealing.opened(sealed, at=sealing.address(concern_id, "concern"))
    receipt = receive_concern(concern_id=concern_id, body=body, by=phone.person_id)
    _delivered(phone)
    return receipt


@transaction.atomic
def deliver_draft(*, phone: Phone, draft_id: UUID, sealed: bytes) -> DraftReceipt:
    """Keep a draft as it came, sealed when its owner signed out of the app."""
    receipt = receive_draft(draft_id=draft_id, sealed=sealed, by=phone.person_id)
    _delivered(phone)
    return receipt


@transaction.atomic
def deliver_photo(*, phone: Phone, delivery_id: UUID, photo_id: UUID, sealed: bytes) -> Receipt | DraftReceipt:
    """Take a sealed photo of a record, or of a draft; the receipt says what is still missing of it."""
    content = sealing.opened(sealed, at=sealing.address(delivery_id, f"photos/{photo_id}"))
    record = _record_of(phone.person_id, delivery_id, photo_id)
    came = SealedFor(delivery_id, sealed)
    receipt: Receipt | DraftReceipt
    if record is not None:
        receive_photo(record=record, photo_id=photo_id, content=content)
        keep_for_drafts(photo_id=photo_id, content=content, came=came, by=phone.person_id)
        receipt = replace(receipt_of(record, records.sha256(content)), instance_id=delivery_id)
    else:
        receipt = receive_draft_photo(photo_id=photo_id, content=content, came=came, by=phone.person_id)
    _delivered(phone)
    return receipt


def _record_of(person_id: UUID, delivery_id: UUID, photo_id: UUID) -> Record | None:
    """The record that a photo goes to; none where drafts alone name it.

    Of a draft that was changed on two phones one has another name here, under which it may have been finished: so it is
    any that names the photo, where the one that the phone names does not.
    """
    mine = Record.objects.of_person(person_id)
    naming, addressed = mine.filter(attachments__photo_id_on_phone=photo_id), mine.filter(pk=delivery_id)
    if SealedDraft.objects.of_person(person_id).naming(photo_id).exists():
        addressed = addressed.none()
    return naming.filter(pk=delivery_id).first() or naming.first() or addressed.first()


def _delivered(phone: Phone) -> None:
    Phone.objects.filter(pk=phone.pk).update(last_delivered_at=clock.now())

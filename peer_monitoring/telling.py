"""What the app is told, as plain values: what somebody has at hand, and what we hold of what they sent (ADR 0074)."""

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from groups.models import Agreement
from groups.queries import agreements_of_each, leads_of_each
from kit import clock
from peer_monitoring import keys, queries, sealing
from peer_monitoring.actions.drafts import DraftReceipt, photos_of_draft
from peer_monitoring.actions.receiving import Receipt
from peer_monitoring.errors import NotOpened
from peer_monitoring.models import Record, SealedDraft, Visit
from people.models import Person
from questions.models import QuestionSetVersion

Told = dict[str, Any]


def receipt_told(receipt: Receipt) -> Told:
    """What the server holds of a part; the phone lets go of what is named here."""
    return {
        "id": str(receipt.instance_id),
        "sha256": receipt.sha256,
        "answers": receipt.answers,
        "conflict": receipt.is_conflict,
        "photos": {"held": _ids(receipt.held), "missing": _ids(receipt.missing)},
    }


def draft_receipt_told(receipt: DraftReceipt) -> Told:
    """The same of a draft, of which nobody has read an answer."""
    photos = {"held": _ids(receipt.held), "missing": _ids(receipt.missing)}
    return {"id": str(receipt.draft_id), "sha256": receipt.sha256, "photos": photos}


def at_hand(person: Person) -> Told:
    """All that the app needs of somebody's own, in as many statements for many visits as for one."""
    visits, records = list(queries.visits_to_log(person.pk)), list(queries.my_records(person.pk))
    groups = {one.group_id: one.group for one in visits}.values()
    leads, agreements = leads_of_each(groups), agreements_of_each(groups)
    versions = queries.versions_of(one.version_id for one in (*visits, *records))
    key = keys.public_key()
    return {
        "person": {"id": str(person.pk), "name": person.name},
        "now": clock.now().isoformat(),
        "key": {"name": key.name, "spki": b64encode(key.spki).decode()},
        "visits": [_visit(one, leads[one.group_id], agreements.get((one.group_id, one.scheme_id))) for one in visits],
        "versions": {str(one.pk): _version(one) for one in versions},
        "records": [_record(one) for one in records],
        "drafts": [told for one in queries.sealed_drafts(person.pk) if (told := _draft(one))],
    }


def _visit(visit: Visit, leads: Sequence[str], agreement: Agreement | None) -> Told:
    return {
        "id": str(visit.pk),
        "version": str(visit.version_id),
        "group": visit.group.name,
        "scheme": visit.site.scheme.name,
        "site": visit.site.name,
        "day": visit.day.isoformat(),
        "starts_at": f"{visit.starts_at:%H:%M}" if visit.starts_at else None,
        "state": visit.state.value,
        "meeting_point": visit.meeting_point,
        "note": visit.note,
        "photos": visit.photos_allowed,
        "tell": _whom_to_tell(visit, leads, agreement),
        "page": reverse("visit", args=[visit.group.slug, visit.pk]),
    }


def _whom_to_tell(visit: Visit, leads: Sequence[str], agreement: Agreement | None) -> list[Told]:
    """Whom to tell in person; nobody at the scheme may learn of a visit that is held back by being rung up."""
    told = [{"who": name, "way": ""} for name in leads]
    if agreement is not None and agreement.contact_role and not visit.is_held_back:
        told.append({"who": agreement.contact_role, "way": agreement.contact_way})
    return told


def _version(version: QuestionSetVersion) -> Told:
    return {"title": version.title, "number": version.number, "compiled": version.compiled}


def _record(record: Record) -> Told:
    return {
        "id": str(record.pk),
        "visit": str(record.visit_id),
        "version": str(record.version_id),
        "supersedes": str(record.supersedes_id) if record.supersedes_id else None,
        "state": record.state,
        "began_at": record.began_at.isoformat() if record.began_at else None,
        "finished_at": record.finished_at.isoformat() if record.finished_at else None,
        "received_at": record.received_at.isoformat(),
        "answers": record.answers,
        "photos": [
            {"id": str(one.photo_id_on_phone), "sha256": one.sha256, "key": one.key, "held": one.photo_id is not None}
            for one in record.attachments.all()
        ],
    }


def _draft(draft: SealedDraft) -> Told | None:
    """A draft opened for its owner; nothing where its key is gone: it stays here, and all else is told."""
    try:
        body = sealing.opened(bytes(draft.body), at=sealing.address(draft.pk, "draft"))
    except NotOpened:
        return None
    photos = photos_of_draft(draft)
    return {
        "id": str(draft.pk),
        "draft": json.loads(body),
        "photos": {"held": _ids(photos.held), "missing": _ids(photos.missing)},
    }


def _ids(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]

"""What the app is told, as plain values: what somebody has at hand, and what we hold of what they sent (ADR 0074)."""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from uuid import UUID

from django.urls import reverse

from groups.models import Agreement
from groups.queries import LetIn, agreements_of_each, leads_by_id, leads_of_each, my_groups, permissions_of_each
from kit import clock
from peer_monitoring import keys, queries, sealing
from peer_monitoring.actions.drafts import DraftReceipt, photos_of_draft, told_in
from peer_monitoring.actions.receiving import Receipt
from peer_monitoring.errors import NotARecord, NotOpened
from peer_monitoring.models import Record, SealedDraft, Seat, SiteConcern, Visit
from peer_monitoring.reaching import rung_by, told_in_person
from peer_monitoring.standing import standing, which_leads
from people.models import Person
from questions.answering import how_many
from questions.models import QuestionSetVersion

Told = dict[str, Any]


def receipt_told(receipt: Receipt) -> Told:
    """What the server holds of a part; the phone lets go of what is named here."""
    return {
        "id": str(receipt.instance_id),
        "sha256": receipt.sha256,
        "answers": receipt.answers,
        "conflict": receipt.is_conflict,
        "photos": photos_told(receipt),
    }


def draft_receipt_told(receipt: DraftReceipt) -> Told:
    """The same of a draft, of which nobody has read an answer."""
    return {"id": str(receipt.draft_id), "sha256": receipt.sha256, "photos": photos_told(receipt)}


def photos_told(receipt: Receipt | DraftReceipt) -> Told:
    """Which photos came, and which are still expected."""
    return {"held": _ids(receipt.held), "missing": _ids(receipt.missing)}


def at_hand(person: Person, *, held: Collection[str] = ()) -> Told:
    """All that the app needs of somebody's own, in as many statements for many visits as for one.

    `held` is what the phone has, which does not come again: drafts of theirs by their SHA-256, versions by their id.
    `now` is before all that is read: a slow answer does not pass for newer than one that was read after it.
    """
    now = clock.now()
    visits, records = list(queries.visits_to_log(person.pk)), list(queries.my_records(person.pk))
    drafts = _with_questions([opened for one in queries.sealed_drafts(person.pk) if (opened := _opened(one))])
    named = {one.pk: one for one in (*visits, *(one.row.visit for one in drafts))}
    sent = [one for one in queries.lately_sent(person.pk) if one.visit_id not in named]
    over = {one.visit_id: one.visit for one in sent}
    groups = {one.group_id: one.group for one in (named | over).values()}.values()
    leads, agreements, led_by = leads_of_each(groups, but=person.pk), agreements_of_each(groups), leads_by_id(groups)
    let_in, my_own = permissions_of_each(groups), set(my_groups(person.pk).values_list("pk", flat=True))
    needed = _asked(visits, records, drafts)
    versions = queries.versions_of(one for one in needed if str(one) not in held)
    key = keys.public_key()
    to_log, raised = {one.pk for one in visits}, list(queries.my_concerns(person.pk, named))
    gone = queries.lately_gone(person.pk)
    no_more = {*named, *over, *(one.visit_id for one in raised)} - to_log
    left = queries.left_from(person.pk, no_more) if no_more else {}

    def visit_told(visit: Visit) -> Told:
        agreement = agreements.get((visit.group_id, visit.scheme_id))
        concerns = [_concern(one) for one in raised if one.visit_id == visit.pk and visit.pk in named]
        is_gone = visit.pk not in to_log
        to_ring = "" if is_gone else rung_by(visit, person.pk)
        told = _visit(visit, leads[visit.group_id], agreement, concerns, to_ring=to_ring, is_gone=is_gone)
        if seat := left.get(visit.pk):
            told |= _as_it_was(seat)
        if visit.group_id not in my_own:
            # Who leads a group by now, and who is its contact, is not theirs to learn who left it.
            told |= {"tell": []}
        host = None if is_gone else _host(let_in, visit)
        return told | {"host": host, "told_of_concerns": which_leads(led_by[visit.group_id], person.pk)}

    return {
        "person": {"id": str(person.pk), "name": person.name},
        "now": now.isoformat(),
        "key": {"name": key.name, "spki": b64encode(key.spki).decode()},
        "visits": [visit_told(one) for one in (*visits, *over.values())],
        "versions": {str(one.pk): _version(one) for one in versions},
        "records": [*(_record(one) for one in records), *(_record(one) | {"answers": {}} for one in sent)],
        "concerns": [_with_where(one, left.get(one.visit_id)) for one in raised if one.visit_id not in named],
        "gone": {str(one): found.how for one, found in gone.items()},
        "reasons": {str(one): found.why for one, found in gone.items() if found.why},
        "drafts": [_draft(one, visit_told(one.row.visit), held) for one in drafts],
    }


def _visit(
    visit: Visit,
    leads: Sequence[str],
    agreement: Agreement | None,
    concerns: Sequence[Told],
    *,
    to_ring: str,
    is_gone: bool,
) -> Told:
    """A visit; of one that is no longer theirs, what names it and whom to tell, and nothing of how its team goes."""
    return {
        "id": str(visit.pk),
        "version": str(visit.version_id),
        "group": visit.group.name,
        "scheme": visit.site.scheme.name,
        "scheme_is_open": visit.site.scheme.is_open,
        "site": visit.site.name,
        "day": visit.day.isoformat(),
        "starts_at": _time(visit.starts_at),
        "state": "" if is_gone else visit.state.value,
        "gone": is_gone,
        "meeting_point": "" if is_gone else visit.meeting_point,
        "note": "" if is_gone else visit.note,
        "photos": visit.photos_allowed,
        "questions": visit.version.title,
        "held_back": visit.is_held_back,
        "tell": [
            {"who": one.who, "way": one.way, "number": one.number}
            for one in told_in_person(visit, leads, agreement, to_ring=to_ring)
        ],
        "concerns": concerns,
        "page": reverse("visit", args=[visit.group.slug, visit.pk]),
    }


def _as_it_was(seat: Seat) -> Told:
    """Where and when a visit was to be when somebody left its team, and not what it asks by now.

    Where and when is not kept of whoever left before it was.
    """
    if seat.day_then is None:
        return {"questions": ""}
    where_and_when = {"site": seat.site_then, "day": seat.day_then.isoformat(), "starts_at": _time(seat.starts_then)}
    return where_and_when | {"questions": ""}


def _time(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None


def _host(let_in: LetIn, visit: Visit) -> Told:
    """Who lets the team in, and what they asked of it: what somebody needs at the door."""
    where = visit.site, visit.group_id, visit.day
    permission = let_in.to(*where)
    if permission is None:
        return {"lets_in": False, "scheme_shut": let_in.waits_for_scheme(*where), "by": "", "conditions": ""}
    by = f"{permission.given_by_role}, {permission.given_by_organisation}"
    return {"lets_in": True, "scheme_shut": False, "by": by, "conditions": permission.conditions}


def _concern(concern: SiteConcern) -> Told:
    """When it was raised, and how it stands; its words have left the phone and are not here."""
    now = standing(concern)
    return {
        "id": str(concern.id_on_phone),
        "raised_at": concern.raised_at.isoformat(),
        "state": now.state,
        "whom": now.whom,
        "because": now.because,
        "at": now.at.isoformat(),
    }


def _with_where(concern: SiteConcern, left: Seat | None) -> Told:
    """The same of a visit that is theirs to log no more: where it was, and nothing of how the visit goes."""
    site = concern.visit.site
    return {
        **_concern(concern),
        "visit": str(concern.visit_id),
        "site": concern.site_then or (left and left.site_then) or site.name,
        "scheme": site.scheme.name,
        "scheme_is_open": site.scheme.is_open,
    }


def _version(version: QuestionSetVersion) -> Told:
    return {"title": version.title, "number": version.number, "compiled": version.compiled}


def _record(record: Record) -> Told:
    return {
        "id": str(record.pk),
        "visit": str(record.visit_id),
        "version": str(record.version_id),
        "supersedes": str(record.supersedes_id) if record.supersedes_id else None,
        "state": record.state,
        "answered": how_many(record.answers),
        "unfinished": record.unfinished,
        "began_at": record.began_at.isoformat() if record.began_at else None,
        "finished_at": record.finished_at.isoformat() if record.finished_at else None,
        "received_at": record.received_at.isoformat(),
        "answers": record.answers,
        "photos": [
            {"id": str(one.photo_id_on_phone), "sha256": one.sha256, "key": one.key, "held": one.photo_id is not None}
            for one in record.attachments.all()
        ],
    }


@dataclass(frozen=True, slots=True)
class _Opened:
    """A draft opened for its owner, and the version that it answers."""

    row: SealedDraft
    draft: Told
    version_id: UUID


def _opened(row: SealedDraft) -> _Opened | None:
    """Nothing where its key is gone, or it would stop all else: it stays here, and all else is told."""
    try:
        draft: Told = told_in(sealing.opened(bytes(row.body), at=sealing.address(row.pk, "draft")))
    except (NotOpened, NotARecord):
        return None
    try:
        version_id = UUID(draft.get("version"))
    except (ValueError, TypeError, AttributeError):
        version_id = row.visit.version_id
    return _Opened(row, draft, version_id)


def _with_questions(drafts: list[_Opened]) -> list[_Opened]:
    """Each with the version that it names, or with that of its visit where the visit's group cannot use that one."""
    groups = (one.row.visit.group_id for one in drafts)
    owner = queries.versions_for_groups((one.version_id for one in drafts), groups)

    def can_use(visit: Visit, version_id: UUID) -> bool:
        return version_id in owner and owner[version_id] in (None, visit.group_id)

    return [
        one if can_use(one.row.visit, one.version_id) else replace(one, version_id=one.row.visit.version_id)
        for one in drafts
    ]


def _asked(visits: list[Visit], records: list[Record], drafts: list[_Opened]) -> set[UUID]:
    """The versions that are needed: of visits to log, and what a record or a draft answers already.

    What a visit asks by now that is no longer theirs is not, but where its draft names no version that its group uses.
    """
    answered = {one.version_id for one in records} | {one.version_id for one in drafts}
    return answered | {one.version_id for one in visits}


def _draft(opened: _Opened, visit: Told, held: Collection[str]) -> Told:
    return {
        "id": str(opened.row.pk),
        "sha256": opened.row.sha256,
        "draft": None if opened.row.sha256 in held else opened.draft,
        "visit": visit,
        "version": str(opened.version_id),
        "photos": photos_told(photos_of_draft(opened.row)),
    }


def _ids(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]

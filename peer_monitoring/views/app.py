"""What the app on a phone asks with its owner's session: what is at hand for them, and a token to deliver with."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from kit.scripted import refused
from peer_monitoring import actions, queries, sealing, this_phone
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.records import cleaned
from peer_monitoring.telling import at_hand, photos_told
from people.actions import browser_of
from people.devices import device
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

LONGEST_NAME = 60
NO_PHOTOS = "It was not said which photos are on this phone. Open the app again."


@requires(Permission.SIGNED_IN, scripted=True)
@require_GET
@gzip_page
def app_mine(request: HttpRequest) -> HttpResponse:
    """What I need on a visit, with or without signal; packed, for a set of questions is long and a line may be slow."""
    this_phone.note_as_said(request)
    ours = {"csrf": get_token(request), "session": browser_of(request)}
    return JsonResponse({**at_hand(me(request), held=_held(request)), **ours})


@requires(Permission.LOG_VISITS, scripted=True)
@require_POST
def phone_new(request: HttpRequest) -> HttpResponse:
    """This phone may deliver from now on what I write down, also after I have signed out."""
    told = _told(request.body)
    name = _name(told) or _name_before(told, me(request).pk) or device(request.headers.get("User-Agent", ""))
    try:
        phone, token = actions.make_phone(name=name[:LONGEST_NAME], by=me(request).pk)
    except VisitsRefused as wrong:
        return refused(str(wrong), status=429)
    this_phone.note(request, phone.pk)
    return JsonResponse({"phone": str(phone.pk), "token": token}, status=201)


@requires(Permission.SIGNED_IN, scripted=True)
@require_GET
def draft_photo(request: HttpRequest, draft_id: UUID, photo_id: UUID) -> HttpResponse:
    """A photo of a draft of mine that was sealed when I signed out."""
    photo = queries.photo_of_draft(me(request).pk, draft_id, photo_id)
    try:
        content = sealing.opened(bytes(photo.body), at=sealing.address(draft_id, f"photos/{photo_id}"))
    except VisitsRefused as wrong:
        return refused(str(wrong), status=400)
    headers = {"Content-Disposition": "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@requires(Permission.SIGNED_IN, scripted=True)
@require_POST
def draft_fetched(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft of mine is on my phone again, with the photos that it names; where others belong to it, it stays."""
    photos = _photos(request.body)
    if photos is None:
        return refused(NO_PHOTOS, status=400)
    version = _told(request.body).get("sha256")
    kept = actions.let_go_of_draft(draft_id=draft_id, photos=photos, by=me(request).pk, sha256=version)
    return JsonResponse({"gone": kept is None, "photos": photos_told(kept) if kept else None})


def _held(request: HttpRequest) -> frozenset[str]:
    """What a phone says that it has of drafts and of questions; what it has of another person's counts for nothing."""
    whose, *held = request.headers.get("X-Held", "").split(" ")
    return frozenset(held) if whose == str(me(request).pk) else frozenset()


def _photos(body: bytes) -> list[UUID] | None:
    """Which photos a phone says that it has; None where it says nothing that can be read."""
    try:
        told: Any = json.loads(body or b"{}")
        return [UUID(one) for one in told.get("photos", ())]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _told(body: bytes) -> dict[str, Any]:
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _name(told: dict[str, Any]) -> str:
    name = told.get("name")
    return " ".join(str(cleaned(name)).split()) if isinstance(name, str) else ""


def _name_before(told: dict[str, Any], person_id: UUID) -> str:
    """What a phone of mine was called that was shut out and is made ready again."""
    try:
        return queries.name_of_phone(person_id, UUID(told["again"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return ""

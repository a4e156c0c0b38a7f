"""What phones deliver, by the token of the phone alone: no cookie counts here, so nothing is asked against forgery."""

import json
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kit.scripted import refused
from peer_monitoring import actions, limits, queries
from peer_monitoring.actions.drafts import RECORD_FIRST
from peer_monitoring.actions.receiving import Receipt
from peer_monitoring.errors import RecordFirst, TooManyConcerns, VisitsRefused
from peer_monitoring.models import Phone
from peer_monitoring.parts import CONCERNS, MOST_CONCERN, MOST_PHOTO, MOST_TEXT, NotAPart, body_of
from peer_monitoring.telling import draft_receipt_told, receipt_told
from people.actions import end_browser, sign_out_browser
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

KIND = "Phone "
NO_PHONE = "This phone may not send any more. What is on it stays there. Sign in and make the phone ready again."
# Of a concern: whoever raised it learns what to do now.
NO_PHONE_FOR_CONCERN = (
    "This phone may not send any more, so your concern has reached nobody. Tell somebody in person now. With signal, "
    "sign in and raise it on the page of the visit. Or make the phone ready again: then it goes from here."
)
TOO_OFTEN = "Very much came from this phone. It is sent by itself later."
AT_ONCE = "Something else came at the same moment. It is sent again by itself."
log = structlog.get_logger(__name__)

View = Callable[..., HttpResponse]


def by_phone(view: View, *, may_send: Callable[[UUID], bool] = limits.may_deliver, else_say: str = NO_PHONE) -> View:
    """Let a view run for the phone whose token came; all that is refused is said in a sentence."""

    @wraps(view)
    def within(request: HttpRequest, **ids: Any) -> HttpResponse:
        phone = queries.phone_of(_token(request))
        if phone is None or not phone.may_deliver:
            return _no_phone(request, else_say)
        if not may_send(phone.pk):
            return refused(TOO_OFTEN, status=429)
        try:
            return view(request, phone=phone, **ids)
        except NotAPart as wrong:
            return refused(str(wrong), status=wrong.status)
        except RecordFirst as wrong:
            limits.not_delivered(phone.pk)
            return refused(str(wrong), status=409)
        except TooManyConcerns as wrong:
            return refused(str(wrong), status=429)
        except VisitsRefused as wrong:
            return refused(str(wrong), status=400)
        except IntegrityError:
            log.warning("delivered_at_the_same_moment")
            return refused(AT_ONCE, status=503)

    return within


@requires(Permission.ANYONE)
@csrf_exempt
@require_http_methods(["PUT"])
@by_phone
def delivery_record(request: HttpRequest, *, phone: Phone, delivery_id: UUID) -> HttpResponse:
    """A sealed record."""
    sealed = _part(request, phone, most=MOST_TEXT)
    return JsonResponse(receipt_told(actions.deliver_record(phone=phone, record_id=delivery_id, sealed=sealed)))


@requires(Permission.ANYONE)
@csrf_exempt
@require_http_methods(["PUT"])
@by_phone
def delivery_photo(request: HttpRequest, *, phone: Phone, delivery_id: UUID, photo_id: UUID) -> HttpResponse:
    """A sealed photo of a record, or of a draft; not a byte of it is read before that is here."""
    if not queries.is_here(phone.person_id, delivery_id, photo_id):
        raise RecordFirst(RECORD_FIRST)
    sealed = _part(request, phone, most=MOST_PHOTO)
    receipt = actions.deliver_photo(phone=phone, delivery_id=delivery_id, photo_id=photo_id, sealed=sealed)
    return JsonResponse(receipt_told(receipt) if isinstance(receipt, Receipt) else draft_receipt_told(receipt))


@requires(Permission.ANYONE)
@csrf_exempt
@require_http_methods(["PUT"])
@by_phone
def delivery_draft(request: HttpRequest, *, phone: Phone, delivery_id: UUID) -> HttpResponse:
    """A draft that was sealed when its owner signed out of the app."""
    sealed = _part(request, phone, most=MOST_TEXT)
    return JsonResponse(draft_receipt_told(actions.deliver_draft(phone=phone, draft_id=delivery_id, sealed=sealed)))


@requires(Permission.ANYONE)
@csrf_exempt
@require_http_methods(["PUT"])
@partial(by_phone, may_send=limits.may_deliver_concern, else_say=NO_PHONE_FOR_CONCERN)
def delivery_concern(request: HttpRequest, *, phone: Phone, delivery_id: UUID) -> HttpResponse:
    """A sealed concern, which waits for nothing that other phones send."""
    sealed = body_of(request, most=MOST_CONCERN, places=CONCERNS)
    receipt = actions.deliver_concern(phone=phone, concern_id=delivery_id, sealed=sealed)
    return JsonResponse({"id": str(receipt.concern_id), "sha256": receipt.sha256})


@requires(Permission.ANYONE)
@require_GET
@partial(by_phone, may_send=limits.may_ask)
def phone_told(request: HttpRequest, *, phone: Phone) -> HttpResponse:
    """This phone may deliver, or gets 401: it asks first of all, so that it says at once when it was shut out."""
    return HttpResponse(status=204)


@requires(Permission.ANYONE)
@csrf_exempt
@require_http_methods(["POST"])
def session_over(request: HttpRequest) -> HttpResponse:
    """The phone's owner signed out while there was no signal: their session ends now.

    It is the one whose cookie comes along, and the one whose mark the phone kept, which is there also where the browser
    was closed meanwhile and the cookie is gone.
    """
    phone = queries.phone_of(_token(request))
    if phone is None:
        return _no_phone(request)
    if not limits.may_end_sessions(phone.pk):
        return refused(TOO_OFTEN, status=429)
    ends = request.user.is_authenticated and request.user.pk == phone.person_id
    marked = end_browser(mark=_mark(request.body), person_id=phone.person_id)
    if ends:
        sign_out_browser(request=request, person=me(request))
    return JsonResponse({"ended": ends or bool(marked)})


def _part(request: HttpRequest, phone: Phone, *, most: int) -> bytes:
    """A part that is kept, unless phones of its owner brought very much today."""
    sealed = body_of(request, most=most)
    if not limits.may_bring(phone.person_id, len(sealed)):
        raise NotAPart(TOO_OFTEN, status=429)
    return sealed


def _mark(body: bytes) -> str:
    """The mark of a session, as `mine.json` gave it; an app from before keeps none."""
    try:
        told: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return ""
    mark = told.get("session") if isinstance(told, dict) else None
    return mark if isinstance(mark, str) else ""


def _token(request: HttpRequest) -> str:
    said = request.headers.get("Authorization", "")
    return said.removeprefix(KIND) if said.startswith(KIND) else ""


def _no_phone(request: HttpRequest, sentence: str = NO_PHONE) -> HttpResponse:
    if not limits.may_be_wrong(request):
        return refused(TOO_OFTEN, status=429)
    answer = refused(sentence, status=401)
    answer["WWW-Authenticate"] = KIND.strip()
    return answer

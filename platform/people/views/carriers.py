"""Whoever carries our messages tells what became of them."""

import json
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.channels import notify
from people import actions
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@csrf_exempt
@require_POST
def notify_callback(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify says how a message ended; only with the word that was agreed, and only of a message of ours."""
    said = request.headers.get("Authorization", "")
    agreed = f"Bearer {settings.NOTIFY_CALLBACK_TOKEN}"
    if not settings.NOTIFY_CALLBACK_TOKEN or not secrets.compare_digest(said.encode(), agreed.encode()):
        return HttpResponse(status=403)
    try:
        told = json.loads(request.body)
        reference, outcome = str(told["reference"]), notify.OUTCOMES[told["status"]]
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    actions.word_ended(reference=reference, outcome=outcome)
    return HttpResponse(status=204)

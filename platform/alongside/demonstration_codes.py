"""The page that stands in for the phones of everybody in the demonstration: the codes that their apps show now."""

import json
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.demo.apps import code_now, secret_of
from alongside.demo.provisioning import SIGN_INS


@require_GET
def demonstration_codes(request: HttpRequest) -> HttpResponse:
    """Each invented member of staff with the code of now; outside a demonstration there is no such page."""
    file: Path = settings.DATA_FOLDER / SIGN_INS
    if not settings.DEMONSTRATION or not file.exists():
        raise Http404
    # Whoever set up an app of their own in the demonstration is not given away: only the printed password is used.
    password = json.loads(file.read_text(encoding="utf-8"))[0]["password"]
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user").order_by("pk")
    rows = [(str(app.user), app.user.email, code_now(secret_of(app.user.email, password))) for app in apps]
    return render(request, "kit/demonstration_codes.jinja", {"rows": rows})

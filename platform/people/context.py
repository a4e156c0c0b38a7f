"""The account part of the header: who is signed in, and the way in or out on this host."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kit import channels
from tenants.schemes.here import is_platform


def account(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: the items of the header's account list."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        # The way in keeps in mind where one was, but for the pages of signing in themselves.
        path = request.path
        back = "" if path.startswith("/sign-") else f"?next={path}"
        return {"account": [{"text": _("Sign in"), "href": f"/sign-in/{back}"}], "can_text": channels.can_text()}
    mine = "/my/" if is_platform(request) else f"{settings.PLATFORM_ORIGIN}/my/"
    return {
        "account": [
            {"text": person.name or _("My page"), "href": mine, "icon": True},
            {"text": _("Sign out"), "href": "/sign-out/"},
        ]
    }

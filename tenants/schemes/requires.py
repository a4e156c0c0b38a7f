"""`requires`: the one check in front of every view. What one may not see is 404, never 403.

What staff may see after signing in with a second step leads to that step (ADR 0045).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from kit import kept
from kit.scripted import refused
from tenants.schemes import second_step
from tenants.schemes.rights import Permission, Rights, held_by

View = Callable[..., HttpResponseBase]


def held(request: HttpRequest) -> Rights:
    """What the person asking holds on this host; looked up once a request, and on every request."""
    found: Rights | None = getattr(request, "_rights", None)
    if found is None:
        person = request.user
        found = held_by(person.pk if person.is_authenticated else None, request.scheme_here)  # type: ignore[attr-defined]
        request._rights = found  # type: ignore[attr-defined]
    return found


def rights(request: HttpRequest) -> frozenset[Permission]:
    """What the person asking may do on this host, after the way in which they signed in."""
    found = held(request)
    # Whoever holds no right of staff has nothing that a second step would open: their session is not asked.
    return found.usable(second_step=bool(found.staff) and second_step.passed(request))


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the person asking has a permission on this host."""
    return permission in rights(request)


def requires(permission: Permission, *, scripted: bool = False) -> Callable[[View], View]:
    """Let a view run only for who has the permission; others sign in first, or find nothing here.

    A script that asks (`scripted`) is told so in a sentence and led nowhere.
    """
    turn_away = _tell_a_script if scripted else _turn_away

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission is not Permission.ANYONE and not may(request, permission):
                return turn_away(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _turn_away(request: HttpRequest, permission: Permission) -> HttpResponse:
    signed_in = request.user.is_authenticated
    if signed_in and permission not in held(request).staff:
        raise Http404
    if request.method == "POST":
        kept.keep(request)
    return _and_back(request, settings.SECOND_STEP_URL if signed_in else settings.LOGIN_URL)


def _tell_a_script(request: HttpRequest, permission: Permission) -> HttpResponse:
    if request.user.is_authenticated and permission not in held(request).staff:
        return refused("There is nothing here for you.", status=404)
    return refused("Sign in, then try again.", status=401)


def sign_in_and_back(request: HttpRequest) -> HttpResponse:
    """For a page that anyone may read, where its address asks for something of somebody's own."""
    return _and_back(request, settings.LOGIN_URL)


def _and_back(request: HttpRequest, by: str) -> HttpResponse:
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
    return HttpResponseRedirect(f"{by}?{back}")

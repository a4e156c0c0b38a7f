"""Sign-in across hosts: away from a scheme's host, over the platform, and back (ADR 0004)."""

import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kit import tokens
from people import actions, hosts
from people.errors import NoSuchSite, TooOld
from people.here import me
from tenants.schemes import second_step
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

STATE_COOKIE = "arriving"
STATE_LIVES = 60 * 10


@requires(Permission.ANYONE)
@require_GET
def arrive_start(request: HttpRequest) -> HttpResponse:
    """On a scheme's host: leave a mark in this browser, and go to the platform to sign in."""
    back = hosts.own_path(request.GET.get("next"), "/")
    if request.user.is_authenticated and "again" not in request.GET:
        return HttpResponseRedirect(back)
    state = secrets.token_urlsafe(32)
    query = urlencode({"host": hosts.host_of(request), "state": tokens.fingerprint(state)})
    # A page of its own, not a redirect: browsers stop a redirect to another host after a form (form-action).
    response = move_on(request, f"{settings.PLATFORM_ORIGIN}/hand-off/?{query}")
    response.set_cookie(
        STATE_COOKIE,
        Signer(salt="people.arriving").sign_object({"state": state, "next": back}),
        max_age=STATE_LIVES,
        path=reverse("arrive_start"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@requires(Permission.SIGNED_IN)
@require_GET
def step_start(request: HttpRequest) -> HttpResponse:
    """On a scheme's host: go to the platform for the second step, and come back to the page that asked for it."""
    query = urlencode({"host": hosts.host_of(request), "next": hosts.own_path(request.GET.get("next"), "/")})
    return move_on(request, f"{settings.PLATFORM_ORIGIN}{settings.SECOND_STEP_URL}?{query}")


@requires(Permission.SIGNED_IN)
@require_GET
def hand_off(request: HttpRequest) -> HttpResponse:
    """On the platform: give this browser a pass to the host it came from."""
    host, state_hash = request.GET.get("host", "").lower(), request.GET.get("state", "")
    try:
        token = actions.hand_over(
            person=me(request),
            host=host,
            state_hash=state_hash,
            browser=actions.browser_of(request),
            second_step=second_step.how(request),
        )
    except NoSuchSite as refused:
        raise Http404 from refused
    return move_on(request, f"{hosts.origin_of(host)}/sign-in/arrive/?{urlencode({'token': token})}")


@requires(Permission.ANYONE)
@require_GET
def arrive(request: HttpRequest) -> HttpResponse:
    """On a scheme's host: use the pass, and go on to where the person wanted to be."""
    mark = _mark(request)
    try:
        person = actions.arrive(request=request, token=request.GET.get("token", ""), state=mark["state"])
    except TooOld as refused:
        return _quiet(render(request, "people/arrive_refused.jinja", {"refused": refused}, status=410))
    actions.remember_place(person_id=person.pk, scheme=scheme_here(request))
    # The mark is signed: where it leads to was checked when it was made.
    response = HttpResponseRedirect(mark["next"])
    response.delete_cookie(STATE_COOKIE, path=reverse("arrive_start"))
    return _quiet(response)


def _mark(request: HttpRequest) -> dict[str, str]:
    try:
        found: dict[str, str] = Signer(salt="people.arriving").unsign_object(request.COOKIES.get(STATE_COOKIE, ""))
    except BadSignature:
        return {"state": "", "next": "/"}
    return found


def move_on(request: HttpRequest, address: str) -> HttpResponse:
    """A small page that goes on to another host by itself."""
    return _quiet(render(request, "people/moving_on.jinja", {"address": address}))


def _quiet(response: HttpResponse) -> HttpResponse:
    # Neither a cache, nor the next site, nor a log learns the address of this page.
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response

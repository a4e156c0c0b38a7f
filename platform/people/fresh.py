"""Whether somebody showed a moment ago that it is they, which is asked before something about signing in is changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from kit import clock, kept
from people import queries
from people.here import me

View = Callable[..., HttpResponseBase]


def proved_lately(request: HttpRequest) -> bool:
    """By the way that counts: somebody with a second step by that one, anybody else by whichever they have."""
    person = me(request)
    ways = get_authentication_records(request, person)
    if queries.second_steps(person).exists():
        ways = [way for way in ways if way["method"] == "mfa"]
    # The clock of the world, as allauth wrote it down: a demonstration moves ours by months.
    return bool(ways) and clock.machine_now().timestamp() - ways[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def freshly(view: View) -> View:
    """For somebody with neither a password nor a second step there is nothing to ask: they sign in again first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not proved_lately(request) and not get_adapter(request).get_reauthentication_methods(request.user):
            return render(request, "people/sign_in_again.jinja", {"leads_to": request.path})
        return view(request, *args, **kwargs)

    return guarded


def asked_again(view: View) -> View:
    """`freshly`, and by what they have. What was typed is kept until they are back, but no password, and nothing done.

    allauth would do what was sent as soon as they have shown who they are, and keep a password until then.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if proved_lately(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            kept.keep(request)
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        if not ways:
            return render(request, "people/sign_in_again.jinja", {"leads_to": request.path})
        back = urlencode({"next": request.path if request.method == "POST" else request.get_full_path()})
        return HttpResponseRedirect(f"{ways[0]['url']}?{back}")

    return guarded

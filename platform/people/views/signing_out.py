"""Signing out: in this browser, or everywhere at once. The same pages stand on every host."""

from urllib.parse import urlencode

from allauth.account.internal.flows.logout import logout as forget_half_a_sign_in
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kit import kept
from kit.dates import moment
from people import actions, hosts, queries
from people.here import me
from people.views.crossing import move_on
from tenants.schemes.here import is_platform
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask which, then do it; who has signed out is told so by the same page."""
    if request.method != "POST":
        host = request.GET.get("host", "").lower()
        return render(request, "people/sign_out.jinja", {"front": hosts.origin_of(host) if hosts.is_open(host) else ""})
    if not request.user.is_authenticated:
        # Somebody turns back from the page that waits for a code.
        forget_half_a_sign_in(request, show_message=False)
        return HttpResponseRedirect(hosts.own_path(request.POST.get("next"), "/"))
    if "everywhere" in request.POST:
        return _everywhere(request)
    if "again" in request.POST and is_platform(request):
        # Only there does one sign in: whoever sends it to a scheme's host is signed out as by the plain button.
        return _to_sign_in_again(request)
    return here_signed_out(request)


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_sign_ins(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, and one button that ends all of it."""
    if request.method == "POST":
        return _everywhere(request)
    here = request.session.session_key
    rows = [
        (moment(one.since), one.device, one.scheme or "Alongside", "Yes" if one.session_key == here else "No")
        for one in queries.sign_ins(me(request))
    ]
    return render(request, "people/my_sign_ins.jinja", {"rows": rows})


def _to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """Whoever is asked to show that it is they, by the way they have; then back to the page that asked."""
    back = urlencode({"next": hosts.own_path(request.POST["again"], reverse("my"))})
    with kept.carried(request):
        actions.sign_out_browser(request=request, person=me(request))
    return HttpResponseRedirect(f"{reverse('account_login')}?{back}")


def _everywhere(request: HttpRequest) -> HttpResponse:
    ended = actions.sign_in_of(request)
    actions.sign_out_everywhere(person=me(request), by=me(request))
    actions.sign_out_here(request=request)
    return _say_so(request, ended, everywhere="yes")


def here_signed_out(request: HttpRequest) -> HttpResponse:
    """End what this browser was signed in to, and say so."""
    ended = actions.sign_in_of(request)
    actions.sign_out_browser(request=request, person=me(request))
    return _say_so(request, ended)


def _say_so(request: HttpRequest, ended: str, **more: str) -> HttpResponse:
    """By the platform's own page, which empties what the app on this phone keeps of that sign-in (ADR 0071).

    What is shown of it opens nothing, and nobody else knows it: no link that another one gives empties a phone.
    """
    said = more | ({"ended": ended} if ended else {})
    if is_platform(request):
        return HttpResponseRedirect(f"{reverse('sign_out')}?{urlencode(said)}")
    said["host"] = hosts.host_of(request)
    return move_on(request, f"{settings.PLATFORM_ORIGIN}{reverse('sign_out')}?{urlencode(said)}")

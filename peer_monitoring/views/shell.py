"""The app on a phone, as far as it is the same for everybody: its page, its worker, and how a phone installs it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from peer_monitoring.shell import manifest, shell, worker
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

# A browser asks each time whether there is a newer one.
FRESH = "no-cache"


@requires(Permission.ANYONE)
@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """One page; what it shows stands on the phone."""
    return HttpResponse(shell().page, headers={"Cache-Control": FRESH})


@requires(Permission.ANYONE)
@require_safe
def app_worker(request: HttpRequest) -> HttpResponse:
    """What stands before every request of a phone that has opened the app."""
    headers = {"Cache-Control": FRESH, "Service-Worker-Allowed": "/"}
    return HttpResponse(worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@requires(Permission.ANYONE)
@require_safe
def app_manifest(request: HttpRequest) -> HttpResponse:
    """The app's name and pictures, for the phone's own list of apps."""
    return JsonResponse(manifest(), content_type="application/manifest+json", headers={"Cache-Control": FRESH})

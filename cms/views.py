"""Uploaded pictures, and what Wagtail would do with accounts."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from cms.models import Picture, PictureRendition
from cms.models.pictures import ORIGINALS
from kit import scope
from people.actions.sessions import sign_out_here
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission

# The only names that pictures are ever given: no dots, no slashes, so that a name cannot lead anywhere else.
NAME = re.compile(r"(?P<schema>\w+)/(?P<folder>originals|sizes)/[0-9a-f]{32}\.(?P<kind>jpg|jpeg|png|webp)")
KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
ONE_MINUTE = "public, max-age=60"


@requires(Permission.ANYONE)
@require_GET
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of this scheme's site; the file as it was uploaded is for its editors only."""
    found = NAME.fullmatch(name)
    if found is None or found["schema"] != scope.current():
        raise Http404
    is_original = found["folder"] == ORIGINALS
    if is_original and not may(request, Permission.EDIT_SITE):
        raise Http404
    rows = Picture.objects if is_original else PictureRendition.objects
    if not rows.filter(file=name).exists() or not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=KINDS[found["kind"]])
    response["Cache-Control"] = "no-store" if is_original else ONE_MINUTE
    return response


def moved(there: str) -> HttpResponse:
    """The page stands elsewhere now; a browser may remember that for an hour, as the old address may be used again."""
    response = HttpResponsePermanentRedirect(there)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def not_here(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page is not used: there is nothing here."""
    raise Http404


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out from within the editor, as everywhere on this host."""
    sign_out_here(request=request)
    return HttpResponseRedirect("/")


def my_account(request: HttpRequest) -> HttpResponse:
    """There is one account, and it lives on the platform."""
    return HttpResponseRedirect(f"{settings.PLATFORM_ORIGIN}/my/")

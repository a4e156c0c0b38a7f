"""Uploaded pictures, events for a calendar, and what Wagtail would do with accounts."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from cms.calendar_files import CALENDAR, Entry, calendar_file
from cms.models import EventPage, Picture, PictureRendition
from cms.models.pictures import ORIGINALS
from kit import page_cache, scope
from people.actions.sessions import sign_out_here
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission

# The only names that pictures are ever given: no dots, no slashes, so that a name cannot lead anywhere else.
NAME = re.compile(r"(?P<schema>\w+)/(?P<folder>originals|sizes)/[0-9a-f]{32}\.(?P<kind>jpg|jpeg|png|webp)")
KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
ONE_MINUTE = "public, max-age=60"


@requires(Permission.ANYONE)
@require_GET
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of this site, while everybody in it agrees; until then, and the file as it came, for editors alone."""
    found = NAME.fullmatch(name)
    if found is None or found["schema"] != scope.current():
        raise Http404
    is_original = found["folder"] == ORIGINALS
    is_public = not is_original and _is_open(name)
    if not is_public and not (may(request, Permission.EDIT_SITE) and _is_in_the_library(name, is_original)):
        raise Http404
    if not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=KINDS[found["kind"]])
    response["Cache-Control"] = ONE_MINUTE if is_public else "no-store"
    return response


def _is_open(name: str) -> bool:
    return PictureRendition.objects.filter(file=name, image__in=Picture.objects.open_to_public()).exists()


def _is_in_the_library(name: str, is_original: bool) -> bool:
    found = Picture.objects.not_taken_back()
    return bool(found.filter(file=name).exists() if is_original else found.filter(renditions__file=name).exists())


@requires(Permission.ANYONE)
@require_GET
@page_cache.for_everybody
def event_calendar(request: HttpRequest, page_id: int) -> HttpResponse:
    """A published event for a calendar, with its name and place."""
    event = get_object_or_404(EventPage.objects.live(), pk=page_id)
    return _for_a_calendar(event.entry(origin=scheme_here(request).origin), "event")


@requires(Permission.ANYONE)
@require_GET
@page_cache.for_everybody
def event_calendar_neutral(request: HttpRequest, page_id: int) -> HttpResponse:
    """The same for a calendar that others may read: when, and a title that says nothing."""
    event = get_object_or_404(EventPage.objects.live(), pk=page_id)
    return _for_a_calendar(event.neutral_entry(), "meeting")


def _for_a_calendar(entry: Entry, name: str) -> HttpResponse:
    response = HttpResponse(calendar_file(entry), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
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

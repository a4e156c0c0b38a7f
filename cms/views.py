"""Uploaded pictures, events for a calendar, and what Wagtail would do with accounts."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST, require_safe

from cms import limits, printed
from cms.calendar_files import CALENDAR, Entry, calendar_file
from cms.errors import TooOften
from cms.models import EventPage, Picture, PictureRendition, ResourcePage
from cms.models.pictures import ORIGINALS
from kit import page_cache, paper, scope
from people.views.signing_out import here_signed_out
from tenants.schemes import here
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission

# The only names that pictures are ever given: no dots, no slashes, so that a name cannot lead anywhere else.
NAME = re.compile(r"(?P<schema>\w+)/(?P<folder>originals|sizes)/[0-9a-f]{32}\.(?P<kind>jpg|jpeg|png|webp)")
KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
DOWNLOADED = {"default-src": ["'none'"], "sandbox": [""], "frame-ancestors": ["'none'"]}
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


@requires(Permission.ANYONE)
@require_safe
def resource(request: HttpRequest, page_id: int) -> HttpResponse:
    """A thing to print, made at this moment or as it was uploaded; an editor gets that of a draft too."""
    page = ResourcePage.newest().filter(pk=page_id).first() or _draft(request, page_id)
    if page is None:
        raise Http404
    if not limits.may_make_paper(request):
        raise TooOften(limits.TOO_MANY)
    content = _uploaded(page) if page.uploaded_id else printed.document_of(page, here.scheme_here(request))
    if not content:
        raise Http404
    response = paper.as_download(content, f"{page.kind}.pdf")
    # Where a browser opens it all the same, nothing in it runs and nothing in it is fetched.
    response._csp_replace = DOWNLOADED  # type: ignore[attr-defined]
    return response


def _draft(request: HttpRequest, page_id: int) -> ResourcePage | None:
    page = ResourcePage.objects.filter(pk=page_id).first() if may(request, Permission.EDIT_SITE) else None
    return page and page.get_latest_revision_as_object()


def _uploaded(page: ResourcePage) -> bytes:
    uploaded = page.uploaded
    if uploaded is None or not default_storage.exists(uploaded.file.name):
        return b""
    with uploaded.file.open() as file:
        return bytes(file.read())


def not_here(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page is not used: there is nothing here."""
    raise Http404


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out from within the editor, as on every other page."""
    return here_signed_out(request)


def my_account(request: HttpRequest) -> HttpResponse:
    """There is one account, and it lives on the platform."""
    return HttpResponseRedirect(f"{settings.PLATFORM_ORIGIN}/my/")

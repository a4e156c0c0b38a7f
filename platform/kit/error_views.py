"""The pages for when something went wrong: what happened, what to do, and the way out. None needs a database."""

import logging
import sys
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import engines

from kit.faults import is_away
from kit.forms import form_of, in_words, is_typed
from kit.kept import FOR, is_secret

log = logging.getLogger(__name__)

LONGEST_SHOWN = 20_000

PLAIN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Something went wrong</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Something went wrong</h1>
<p>This is our fault, not yours. Wait a few minutes, then try again.</p>
<p><a href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer noopener">Leave now</a></p></main></body></html>
"""


def _bare(template: str, **words: Any) -> str:
    """A page drawn without a request, so that no context processor and no database is asked."""
    return engines["jinja2"].get_template(template).render(words)


def _page(request: HttpRequest, template: str, status: int, **words: Any) -> HttpResponse:
    """A page with the host's own name and menu; without them where the request did not get far enough to know them."""
    try:
        return render(request, template, words, status=status)
    except Exception:
        log.exception("An error page was drawn without its menu.")
        return HttpResponse(_bare(template, **words), status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is not for this person; nobody is told which."""
    return _page(request, "kit/errors/404.jinja", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, where a package of others refuses."""
    return _page(request, "kit/errors/403.jinja", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what arrived could not be read, or came for a host that we do not have."""
    return HttpResponse(_bare("kit/errors/400.jinja"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: whatever broke, also our templates, this page still comes. With the database away it says to come back."""
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return maintenance(request)
    try:
        return HttpResponseServerError(_bare("kit/errors/500.jinja"))
    except Exception:
        log.exception("The page for a failure failed.")
        return HttpResponseServerError(PLAIN)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503: we are working on the service."""
    return HttpResponse(_bare("kit/errors/maintenance.jinja"), status=503, headers={"Retry-After": "600"})


def unknown_host(request: HttpRequest) -> HttpResponse:
    """404 for a web address that no scheme has."""
    return HttpResponse(_bare("kit/errors/unknown_host.jinja"), status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the page was open too long: what was typed is shown again, so that it can be copied."""
    typed = typed_words(request) if _from_our_own_page(request) else []
    was_signed_in = FOR in request.POST
    return _page(request, "kit/errors/csrf.jinja", 403, typed=typed, again=request.path, was_signed_in=was_signed_in)


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """409: an action refused where its page did not expect it; what was typed is shown, so that it can be copied."""
    typed = typed_words(request) if request.method == "POST" else []
    return _page(request, "kit/errors/refused.jinja", 409, why=why, typed=typed, before=_page_before(request))


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person had typed, with the words of each field; never a password, a code or a token, and nothing that a
    page carried along by itself."""
    given = [
        (name, value[:LONGEST_SHOWN])
        for name, values in request.POST.lists()
        if name not in (FOR, "csrfmiddlewaretoken") and not is_secret(name)
        for value in values
        if value.strip()
    ]
    form = form_of(given)
    return [in_words(form, name, value) for name, value in given if form is None or is_typed(form, name)]


def _page_before(request: HttpRequest) -> str:
    """The address of the page from which somebody comes, if it is one of ours: many forms stand on another page."""
    before = request.headers.get("referer", "")
    parts = urlsplit(before)
    return before if parts.netloc == request.get_host() and parts.scheme in ("http", "https") else ""


def _from_our_own_page(request: HttpRequest) -> bool:
    # A page elsewhere could otherwise put words of its own onto a page of ours.
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    return urlsplit(origin).netloc == request.get_host()

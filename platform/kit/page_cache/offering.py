"""What a view says of its page, and what is looked at again before the page is kept."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from kit import scope

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]

OFFERED = "_offered_in"
VARIES_BY = ("Accept-Encoding", "Cookie")
POLICY = "Content-Security-Policy"


def for_everybody(view: View) -> View:
    """A view whose page is the same for everybody who is not signed in, and that reads no query of the address."""

    @wraps(view)
    def offering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return offer(request, view(request, *args, **kwargs))

    return offering


def offer(
    request: HttpRequest, response: Response, *, choices: Mapping[str, Collection[str]] | None = None
) -> Response:
    """Let a page be kept, if nobody in particular asks for it and its query holds only `choices` that it knows."""
    is_preview = getattr(request, "is_preview", False)
    if is_nobody(request) and not is_preview and _is_ours(request) and _are_known(request, choices or {}):
        setattr(response, OFFERED, scope.current())
        # A browser may keep it, and asks each time whether it still stands: what was withdrawn is not shown again.
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, VARIES_BY)
    return response


def is_offered(response: HttpResponseBase) -> bool:
    """Whether a view offered this page."""
    return hasattr(response, OFFERED)


def is_nobody(request: HttpRequest) -> bool:
    """Whether nothing that came with the request could make its answer another one than anybody gets."""
    if "HTTP_AUTHORIZATION" in request.META:
        return False
    cookies = request.META.get("HTTP_COOKIE")
    return not cookies or set(parse_cookie(cookies)) <= {settings.CSRF_COOKIE_NAME}


def is_the_same_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a page that was offered may be given to others: it hands out nothing that belongs to this visitor."""
    session = getattr(request, "session", None)
    varies_by = {name.strip().title() for name in response.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and (session is None or (not session.modified and session.is_empty()))
        and varies_by <= set(VARIES_BY)
        and "'nonce-" not in response.get(POLICY, "")
    )


def _is_ours(request: HttpRequest) -> bool:
    """Whether the address is written as links of ours write it: what is kept is found by it, letter for letter."""
    _, _, port = request.META.get("HTTP_HOST", "").partition(":")
    query = request.META.get("QUERY_STRING", "")
    return bool(port == str(settings.PUBLIC_PORT or "") and query == request.GET.urlencode())


def _are_known(request: HttpRequest, choices: Mapping[str, Collection[str]]) -> bool:
    """An address that anybody can make up must not fill the memory: each choice once, and one that the page offers."""
    asked = request.GET.lists()
    return all(len(values) == 1 and values[0] in choices.get(name, ()) for name, values in asked)

"""The very first middleware: answers from memory what everybody reads alike."""

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from kit.page_cache.offering import OFFERED, is_nobody, is_the_same_for_everybody
from kit.page_cache.store import STORE, Key, Page

READS = frozenset({"GET", "HEAD"})
GZIP = "gzip"
# Of what was kept with the page, what a browser is told again with “it still stands”.
SAID_AGAIN = ("ETag", "Cache-Control", "Vary")
# Those that are made anew for each answer.
OWN = frozenset({"content-length", "content-encoding", "etag"})


class PageCacheMiddleware:
    """Give a page that is kept, or keep the one that is drawn now if its view offered it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READS or not is_nobody(request):
            return self.get_response(request)
        key = _key(request)
        page = STORE.get(key)
        return _answer(page, request) if page else self._draw(key, request)

    def _draw(self, key: Key, request: HttpRequest) -> HttpResponse:
        since = STORE.moment()
        response = self.get_response(request)
        schema = getattr(response, OFFERED, None)
        if schema is None:
            return response
        if not is_the_same_for_everybody(request, response):
            response["Cache-Control"] = "no-store"
            return response
        headers = {name: value for name, value in response.items() if name.lower() not in OWN}
        page = Page.of(schema=schema, headers=headers, content=response.content)
        if request.method == "GET" and since is not None:
            STORE.put(key, page, drawn_since=since)
        answer = _answer(page, request)
        setattr(answer, OFFERED, schema)
        return answer


def _key(request: HttpRequest) -> Key:
    asked = request.META
    return (request.scheme or "", asked.get("HTTP_HOST", "").lower(), request.path, asked.get("QUERY_STRING", ""))


def _answer(page: Page, request: HttpRequest) -> HttpResponse:
    """The page in the form that the browser takes, or that the one it has still stands."""
    packed = _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    mark, headers = (page.packed_mark, page.packed_headers) if packed else (page.mark, page.headers)
    has = request.META.get("HTTP_IF_NONE_MATCH")
    if has and mark in (one.strip().removeprefix("W/") for one in has.split(",")):
        return HttpResponseNotModified(headers={name: headers[name] for name in SAID_AGAIN if name in headers})
    return HttpResponse(page.body if packed else gzip.decompress(page.body), headers=headers)


def _takes_gzip(accepts: str) -> bool:
    return GZIP in accepts and f"{GZIP};q=0" not in accepts.replace(" ", "")

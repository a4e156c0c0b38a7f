"""The page cache keeps only what everybody reads alike, only while it is sure of changes, and never too much."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory, override_settings

from kit import page_cache
from kit.page_cache import middleware, offering, store
from kit.page_cache.middleware import PageCacheMiddleware
from kit.page_cache.store import Page, Store

KEY = ("http", "ashmere.test", "/", "")
HOST = f"ashmere.test:{settings.PUBLIC_PORT}"
WORDS = b"What people said, and what we did. " * 40


def page(schema: str = "s_ashmere", content: bytes = WORDS, **headers: str) -> Page:
    return Page.of(schema=schema, headers=headers, content=content)


def key(path: str) -> store.Key:
    return ("http", "ashmere.test", path, "")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of the test's own that is sure of changes."""
    made = Store()
    made.trust(until=monotonic() + 60)
    monkeypatch.setattr(middleware, "STORE", made)
    monkeypatch.setattr(offering.scope, "current", lambda: "s_ashmere")
    return made


# --- the store


def test_a_page_is_kept_until_something_of_its_schema_changes(kept: Store) -> None:
    kept.put(KEY, page(), drawn_since=0)
    kept.put(key("/other/"), page("s_brackwell"), drawn_since=0)
    kept.change("s_ashmere")
    assert kept.get(KEY) is None
    assert kept.get(key("/other/")) is not None


def test_a_change_that_any_page_may_show_empties_it(kept: Store) -> None:
    kept.put(KEY, page(), drawn_since=0)
    kept.change_all()
    assert (kept.get(KEY), len(kept), kept.bytes) == (None, 0, 0)


def test_what_was_drawn_before_a_change_is_not_kept_after_it(kept: Store) -> None:
    since = kept.moment()
    assert since is not None
    kept.change("s_brackwell")
    assert kept.put(KEY, page(), drawn_since=since)
    kept.change("s_ashmere")
    assert not kept.put(KEY, page(), drawn_since=since)
    assert kept.get(KEY) is None


@pytest.mark.parametrize("change", [Store.change_all, Store.distrust])
def test_nor_after_one_of_everything_or_after_a_time_without_hearing(
    kept: Store, change: Callable[[Store], None]
) -> None:
    since = kept.moment()
    assert since is not None
    change(kept)
    kept.trust(until=monotonic() + 60)
    assert not kept.put(KEY, page(), drawn_since=since)
    assert kept.put(KEY, page(), drawn_since=kept.moment() or 0)


def test_nothing_is_answered_or_drawn_to_be_kept_once_the_trust_is_over(kept: Store) -> None:
    kept.put(KEY, page(), drawn_since=0)
    kept.trust(until=monotonic() - 0.001)
    assert (kept.get(KEY), kept.moment()) == (None, None)


def test_no_page_stands_for_longer_than_a_minute(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.put(KEY, page(), drawn_since=0)
    later = monotonic() + store.LONGEST
    kept.trust(until=later + 60)
    monkeypatch.setattr(store, "monotonic", lambda: later - 1)
    assert kept.get(KEY) is not None
    monkeypatch.setattr(store, "monotonic", lambda: later)
    assert kept.get(KEY) is None
    assert store.LONGEST <= 60


def test_pages_that_nobody_asked_for_longest_go_first_when_it_is_full() -> None:
    kept = Store(most_bytes=3 * page().size + 200)
    kept.trust(until=monotonic() + 60)
    for path in ("/1/", "/2/", "/3/"):
        kept.put(key(path), page(), drawn_since=0)
    assert kept.get(key("/1/")) is not None
    kept.put(key("/4/"), page(), drawn_since=0)
    assert [kept.get(key(path)) is not None for path in ("/1/", "/2/", "/3/", "/4/")] == [True, False, True, True]


def test_its_bytes_are_counted_with_those_of_addresses_and_never_exceed_what_it_may_have() -> None:
    kept = Store(most_bytes=100_000)
    for number in range(500):
        kept.put(key(f"/{number}/" + "x" * 500), page(), drawn_since=0)
        assert kept.bytes <= 100_000
    assert 20 < len(kept) < 60


def test_the_same_page_kept_again_counts_once(kept: Store) -> None:
    kept.put(KEY, page(), drawn_since=0)
    before = kept.bytes
    kept.put(KEY, page(), drawn_since=0)
    assert (len(kept), kept.bytes) == (1, before)


def test_a_page_that_is_far_too_big_is_not_kept(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_OF_ONE", 1000)
    assert not kept.put(KEY, page(), drawn_since=0)


def test_the_mark_of_a_page_changes_with_its_words_and_with_its_policy() -> None:
    policy = {"Content-Security-Policy": "default-src 'none'"}
    assert page().mark == page().mark
    assert (
        len({page().mark, page(content=b"Other words").mark, Page.of(schema="", headers=policy, content=WORDS).mark})
        == 3
    )


# --- what is kept, and for whom


class Site:
    """The middleware before a view, which counts how often it is asked."""

    def __init__(self, view: Callable[[HttpRequest], Any]) -> None:
        self.drawn = 0
        self._view = view
        self._through = PageCacheMiddleware(self._draw)

    def get(self, path: str = "/", *, method: str = "get", **extra: Any) -> Any:
        headers = {"Host": HOST, **extra.pop("headers", {})}
        return self._through(getattr(RequestFactory(), method)(path, headers=headers, **extra))

    def _draw(self, request: HttpRequest) -> Any:
        self.drawn += 1
        request.session = SessionStore()  # type: ignore[assignment]
        return self._view(request)


@page_cache.for_everybody
def a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(WORDS, headers={"Content-Security-Policy": "default-src 'none'"})


def test_a_page_for_everybody_is_drawn_once_and_comes_with_every_header(kept: Store) -> None:
    site = Site(a_page)
    first, second = site.get(), site.get()
    assert site.drawn == 1
    assert first.content == second.content == WORDS
    assert dict(first.items()) == dict(second.items())
    assert second["Content-Security-Policy"] == "default-src 'none'"
    assert (second["Cache-Control"], second["Vary"]) == ("no-cache", "Accept-Encoding, Cookie")


@pytest.mark.parametrize(
    ("accepts", "packed"), [("gzip, deflate, br", True), ("br", False), ("gzip;q=0, br", False), ("", False)]
)
def test_it_is_sent_packed_to_whoever_can_unpack_it(kept: Store, accepts: str, packed: bool) -> None:
    site = Site(a_page)
    for _ in range(2):
        answer = site.get(headers={"Accept-Encoding": accepts})
        assert answer.get("Content-Encoding") == ("gzip" if packed else None)
        assert (len(answer.content) < len(WORDS) / 5) is packed
        assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
def test_a_browser_that_has_it_is_told_that_it_still_stands(kept: Store, accepts: str) -> None:
    site = Site(a_page)
    mark = site.get(headers={"Accept-Encoding": accepts})["ETag"]
    for has in (mark, f'"another", W/{mark}'):
        again = site.get(headers={"Accept-Encoding": accepts, "If-None-Match": has})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
        assert (again["Cache-Control"], again["Vary"]) == ("no-cache", "Accept-Encoding, Cookie")
    other = {"gzip": "identity", "identity": "gzip"}[accepts]
    assert site.get(headers={"Accept-Encoding": other, "If-None-Match": mark}).status_code == 200


def test_after_a_change_it_is_drawn_again_and_the_old_mark_stands_for_nothing(kept: Store) -> None:
    words = [b"Old", b"New"]
    site = Site(page_cache.for_everybody(lambda request: HttpResponse(words[site.drawn - 1])))
    mark = site.get()["ETag"]
    kept.change("s_ashmere")
    assert site.get(headers={"If-None-Match": mark}).content == b"New"


def test_a_change_while_it_is_drawn_lets_nobody_else_have_it(kept: Store) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        answer = a_page(request)
        kept.change("s_ashmere")
        return answer  # type: ignore[return-value]

    site = Site(view)
    assert site.get().content == WORDS
    assert len(kept) == 0


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "anything"])
def test_whoever_brings_a_cookie_of_their_own_gets_a_page_of_their_own_that_nobody_keeps(
    kept: Store, cookie: str
) -> None:
    site = Site(a_page)
    site.get()
    answer = site.get(HTTP_COOKIE=f"{cookie}=1")
    assert site.drawn == 2
    assert not answer.has_header("ETag") and not answer.has_header("Cache-Control")
    assert Site(a_page).get(HTTP_COOKIE=f"{cookie}=1") and len(kept) == 1


def test_a_cookie_that_only_guards_forms_makes_no_difference(kept: Store) -> None:
    site = Site(a_page)
    site.get()
    site.get(HTTP_COOKIE=f"{settings.CSRF_COOKIE_NAME}=1")
    assert site.drawn == 1


def test_nor_is_a_page_given_to_or_made_by_whoever_shows_a_password(kept: Store) -> None:
    site = Site(a_page)
    for _ in range(2):
        site.get(headers={"Authorization": "Basic x"})
    assert (site.drawn, len(kept)) == (2, 0)


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_reading_is_answered_from_memory(kept: Store, method: str) -> None:
    site = Site(a_page)
    site.get()
    site.get(method=method)
    assert site.drawn == 2


def test_asking_for_the_head_alone_keeps_nothing_and_is_answered_from_what_is_kept(kept: Store) -> None:
    site = Site(a_page)
    site.get(method="head")
    assert len(kept) == 0
    whole = site.get()
    head = site.get(method="head")
    assert site.drawn == 2
    assert head["ETag"] == whole["ETag"]


def _sets_a_cookie(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(WORDS)
    answer.set_cookie("a", "1")
    return answer


def _with_a_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def _writes_in_the_session(request: HttpRequest) -> HttpResponse:
    request.session["a"] = 1
    return HttpResponse(WORDS)


def _with_a_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(WORDS, headers={"Content-Security-Policy": "script-src 'nonce-abc'"})


@pytest.mark.parametrize(
    "view",
    [
        _sets_a_cookie,
        _with_a_token,
        _writes_in_the_session,
        _with_a_nonce,
        lambda request: HttpResponse(WORDS, status=404),
        lambda request: HttpResponse(WORDS, headers={"Vary": "Accept-Language"}),
        lambda request: StreamingHttpResponse([WORDS]),
    ],
)
def test_a_page_that_is_not_the_same_for_everybody_is_not_kept_whatever_its_view_says(
    kept: Store, view: Callable[[HttpRequest], HttpResponse]
) -> None:
    answer = Site(page_cache.for_everybody(view)).get()
    assert len(kept) == 0
    assert answer["Cache-Control"] == "no-store"


def test_a_page_whose_view_says_nothing_is_not_kept(kept: Store) -> None:
    answer = Site(lambda request: HttpResponse(WORDS)).get()
    assert (len(kept), answer.has_header("Cache-Control")) == (0, False)


def test_a_preview_is_not_kept(kept: Store) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.is_preview = True  # type: ignore[attr-defined]
        return page_cache.offer(request, HttpResponse(WORDS))

    Site(view).get()
    assert len(kept) == 0


CHOICES = {"theme": ["", "waiting"], "page": ["1", "2"]}


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True),
        ("?theme=waiting&page=2", True),
        ("?theme=", True),
        ("?theme=other", False),
        ("?page=3", False),
        ("?page=1&page=2", False),
        ("?anything=1", False),
        ("?theme=waiting&anything", False),
        ("?", True),
        ("?&", False),
        ("?&&", False),
        ("?theme", False),
        ("?theme=waiting&", False),
        ("?the%6de=waiting", False),
        ("?theme=w%61iting", False),
        ("?theme=waiting;page=1", False),
    ],
)
def test_only_queries_that_the_page_offers_itself_take_room(kept: Store, query: str, is_kept: bool) -> None:
    site = Site(lambda request: page_cache.offer(request, HttpResponse(WORDS), choices=CHOICES))
    site.get(f"/{query}")
    assert (len(kept) == 1) is is_kept


def test_pages_of_other_hosts_paths_queries_and_of_plain_lines_are_others(kept: Store) -> None:
    site = Site(lambda request: page_cache.offer(request, HttpResponse(WORDS), choices=CHOICES))
    site.get("/")
    site.get("/", headers={"Host": HOST.replace("ashmere", "brackwell")})
    site.get("/other/")
    site.get("/?page=2")
    site.get("/", secure=True)
    assert (site.drawn, len(kept)) == (5, 5)


@pytest.mark.parametrize("host", [f"ashmere.test:{port}" for port in (1234, "", f"0{settings.PUBLIC_PORT}")])
def test_nor_does_a_host_at_a_port_that_is_not_ours(kept: Store, host: str) -> None:
    Site(a_page).get(headers={"Host": host})
    assert len(kept) == 0


def test_where_our_links_have_no_port_a_host_has_none(kept: Store) -> None:
    with override_settings(PUBLIC_PORT=None):
        for host in ("ashmere.test", "ashmere.test:443", "ashmere.test:8000"):
            Site(a_page).get(headers={"Host": host})
    assert len(kept) == 1


def test_one_host_takes_room_once_however_its_letters_are_written(kept: Store) -> None:
    site = Site(a_page)
    for host in (HOST, HOST.upper(), HOST.title()):
        site.get(headers={"Host": host})
    assert (site.drawn, len(kept)) == (1, 1)

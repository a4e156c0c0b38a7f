"""In which language a page is read, and at which address (ADR 0061).

Each language has a tree of pages of its own beside the English one, which an editor begins with the first page. An
address without a language leads into the English tree; one with a language into its own, and where no page of it is
live, to the English words in a frame of that language.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Page, Site, WorkflowPage
from wagtail.url_routing import RouteResult

from kit.languages import first_page

ENGLISH: str = settings.LANGUAGE_CODE
# Where a page of one language says where it is read in the others; an address that is empty leads nowhere.
Elsewhere = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one language, for search engines."""

    code: str
    address: str


class ReadElsewhere(Exception):
    """The words are read at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def spoken() -> str:
    """The language of the address, as the settings call it."""
    return translation.get_language() or ENGLISH


def read_here(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the pages that are live: each in the language of the address, or in English where it has no other."""
    here = Q(locale__language_code=spoken())
    live = pages.filter(live=True).select_related("locale")
    if spoken() == ENGLISH:
        return live.filter(here)
    own = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code=spoken(), live=True)
    return live.filter(here | Q(locale__language_code=ENGLISH) & ~Exists(own))


def own_first() -> ExpressionWrapper:
    """For an order: pages in the language of the address before those in English."""
    return ExpressionWrapper(~Q(locale__language_code=spoken()), output_field=BooleanField())


def said_beside(context: Mapping[str, Any] | None, words: str) -> str:
    """Words of ours within those of a page, in the language in which these are written."""
    page = (context or {}).get("page")
    with translation.override(page.locale.language_code if page else spoken()):
        return gettext(words)


def address(page: Page, request: HttpRequest | None = None) -> str:
    """Where somebody goes on to a page, in the language in which they read; empty where it stands nowhere.

    Its own language's address, if it is not English. An English page stands in each frame, and leads on from there
    to its words in that language, where there are any.
    """
    own: str | None = page.get_url(request)
    if not own or translation.get_language_from_path(own):
        return own or ""
    return f"{first_page().rstrip('/')}{own}"


def is_read(page: Page) -> bool:
    """Whether everybody may read it: an Easy Read is there only while its page is."""
    is_twin = getattr(page.specific_class, "is_twin", False)
    return bool(page.live and (not is_twin or page.get_parent().live))


def route(request: HttpRequest, path: str) -> RouteResult:
    """The page at a path; raises `Http404`, or `ReadElsewhere` where its words are read at another address."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    parts = [part for part in path.split("/") if part]
    home: Page = site.root_page
    if spoken() == ENGLISH:
        return _within(home, request, parts)
    theirs = in_languages(home).get(spoken())
    if theirs is None:
        return _within(home, request, parts)
    with suppress(Http404):
        return _within(theirs, request, parts)
    try:
        found = _within(home, request, parts)
    except Http404:
        _leave_for_english(theirs, request, parts)
        raise
    own = in_languages(found.page).get(spoken())
    if own is not None and is_read(own) and (way := address(own, request)) != request.path:
        raise ReadElsewhere(way)
    return found


def in_languages(page: Page) -> dict[str, Page]:
    """The same page in the other languages, published or not, by the code of the language."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).select_related("locale")
    return {one.locale.language_code: one for one in others}


def elsewhere(page: Page, others: Mapping[str, Page], request: HttpRequest) -> Elsewhere:
    """Where a page is read in each other language, if at another address; `others` as `in_languages` gives them."""
    ways = {code: one.get_url(request) or "" for code, one in others.items() if is_read(one)}
    return ways if page.locale.language_code == ENGLISH else {ENGLISH: ""} | ways


def alternates(page: Page, others: Mapping[str, Page], request: HttpRequest) -> list[Alternate]:
    """Its words in each language for search engines: live ones, and nothing of English words in another frame."""
    live = {code: one for code, one in others.items() if is_read(one)}
    own = page.locale.language_code
    if not live or own != spoken():
        return []
    every = sorted({own: page, **live}.items())
    return [Alternate(code.partition("-")[0], one.get_full_url(request) or "") for code, one in every]


def give_rights(home: Page) -> None:
    """Let those who write and publish the English pages do so below the first page of another language, and no more."""
    english = Page.objects.get(translation_key=home.translation_key, locale__language_code=ENGLISH)
    for row in GroupPagePermission.objects.filter(page=english):
        GroupPagePermission.objects.get_or_create(group=row.group, page=home, permission=row.permission)
    for step in WorkflowPage.objects.filter(page=english):
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": step.workflow})


def homes() -> dict[str, Page]:
    """The first page of each language, published or not, by the code of the language; English first."""
    found = Page.objects.filter(depth=2).select_related("locale").order_by("path")
    return {page.locale.language_code: page for page in found}


def _within(home: Page, request: HttpRequest, parts: list[str]) -> RouteResult:
    found: RouteResult = home.specific.route(request, list(parts))
    return found


def _leave_for_english(home: Page, request: HttpRequest, parts: list[str]) -> None:
    """Of a page that is not published in this language, the English words are read at their own address."""
    there = home.url_path + "".join(f"{part}/" for part in parts)
    page = Page.objects.filter(url_path=there).first()
    english = in_languages(page).get(ENGLISH) if page else None
    if english is not None and is_read(english):
        raise ReadElsewhere(address(english, request))

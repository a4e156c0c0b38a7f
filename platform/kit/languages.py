"""The languages of our pages: the first part of an address says which one a page is in (ADR 0061).

No header of a browser and no cookie is asked: a page that is kept for everybody is the same for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

GetResponse = Callable[[HttpRequest], HttpResponse]
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Way:
    """The same page in another language."""

    code: str
    name: str
    href: str


class LanguageMiddleware:
    """Speak the language of the address from here on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


def spoken() -> str:
    """The language of the page that is being made, as HTML names it: "en" or "pl"."""
    return (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def said(words: str) -> str:
    """Words of ours in the language of the page; they are marked by `N_` where they stand in the code."""
    return gettext(words) if words else ""


def first_page() -> str:
    """Where a host begins, in the language of the page."""
    return f"{prefix(translation.get_language() or settings.LANGUAGE_CODE)}/"


def is_english() -> bool:
    """Whether the page speaks the language in which staff and editors write."""
    return spoken() == ENGLISH


def as_written(language: str = ENGLISH) -> SafeString:
    """The attribute of an element whose words stay in the language they were written in: staff write English."""
    written = language.partition("-")[0]
    return mark_safe("") if written == spoken() else format_html(' lang="{}"', written)


def is_checked() -> bool:
    """Whether somebody who speaks the language of the page has read its words."""
    return spoken() not in settings.LANGUAGES_NOT_CHECKED


def ways(request: HttpRequest, elsewhere: Mapping[str, str] | None = None) -> list[Way]:
    """The other languages in which this page can be read; none where its address has no language.

    `elsewhere` has the address in a language, by its code, where it is not the same one; empty, there is no such page.
    """
    known = elsewhere or {}
    if not hasattr(request, "LANGUAGE_CODE"):
        return []
    others = [(code, name) for code, name in settings.LANGUAGES if code != request.LANGUAGE_CODE]
    hrefs = {code: known[code] if code in known else _in_language(request, code) for code, _ in others}
    found = (Way(code.partition("-")[0], name, hrefs[code]) for code, name in others)
    return [way for way in found if way.href]


def _in_language(request: HttpRequest, code: str) -> str:
    here = prefix(request.LANGUAGE_CODE)
    path = request.path_info.removeprefix(here) if here else request.path_info
    there = f"{prefix(code)}{path}"
    with translation.override(code):
        try:
            resolve(there, getattr(request, "urlconf", None))
        except Resolver404:
            return ""
    return there


def prefix(code: str) -> str:
    """What the addresses of a language begin with: nothing, or such as `/pl`."""
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"

"""Where the pages of a site lead: to pages that are gone, and to other sites.

Nothing is asked over the network: an address of an editor's would make this server fetch whatever stands there, within
our own network too, and would tell other sites that we link to them. A person follows a link, and says so (ADR 0062).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

import audit
from cms import languages
from cms.models.links import FollowedLink
from cms.moving import moved_to
from kit import clock
from kit.languages import prefix
from people.models import Person

OUTSIDE = ("http://", "https://")
SERVED = "wagtail_serve"


@dataclass(frozen=True, slots=True)
class Link:
    """One way that a page offers, under some words: to a page of this site by its number, or to an address."""

    on: Page
    page_id: int | None = None
    address: str = ""
    words: str = ""
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """An address of another site, the pages that lead there, and when somebody last followed it."""

    address: str
    pages: list[Page]
    checked_on: date | None = None
    works: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What an editor has to mend, and what to follow again; the longest unfollowed first."""

    broken: list[Link]
    outside: list[Outside]


def report(host: str) -> Report:
    """Where the live pages of this site lead; `host` is its own, as it stands in addresses."""
    found = [link for page in Page.objects.live().filter(depth__gt=1).specific() for link in _links_of(page)]
    inside = [link for link in found if not _leads_out(link.address, host)]
    live = dict(Page.objects.live().filter(depth__gt=1).values_list("pk", "url_path"))
    homes = {code: home.url_path for code, home in languages.homes().items()}
    broken = [link for link in inside if not _leads_on(link, live, homes)]
    titles = dict(Page.objects.filter(pk__in={link.page_id for link in broken}).values_list("pk", "draft_title"))
    broken = [replace(link, leads_to=titles.get(link.page_id, "")) for link in broken]
    return Report(broken, _outside([link for link in found if _leads_out(link.address, host)]))


@transaction.atomic
def followed(*, address: str, works: bool, by: Person) -> None:
    """Write down that somebody followed a link today, and whether it led where it should."""
    FollowedLink.objects.update_or_create(address=address, defaults={"checked_on": clock.today(), "works": works})
    audit.record(by=by, operation="change", what="followed a link of the site")


def _links_of(page: Page) -> Iterator[Link]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for value in getattr(page, field.name):
                yield from _links_in(value.value, page)
        elif getattr(field, "attname", "") and isinstance(value := getattr(page, field.attname), str):
            yield from [Link(page, address=value)] if value.startswith(OUTSIDE) else []


def _links_in(value: Any, page: Page, words: str = "") -> Iterator[Link]:
    if isinstance(value, RichText):
        yield from _links_in_words(value.source, page)
    elif isinstance(value, Page):
        yield Link(page, page_id=value.pk, words=words)
    elif isinstance(value, str):
        yield from [Link(page, address=value, words=words)] if value.startswith((*OUTSIDE, "/")) else []
    elif hasattr(value, "bound_blocks"):
        blocks = value.bound_blocks
        words = value.get("text", "") if isinstance(blocks, dict) else ""
        for child in blocks.values() if isinstance(blocks, dict) else blocks:
            yield from _links_in(child.value, page, words if isinstance(words, str) else "")


def _links_in_words(source: str, page: Page) -> Iterator[Link]:
    for link in BeautifulSoup(source, "html.parser").find_all("a"):
        if link.get("linktype") == "page":
            yield Link(page, page_id=int(str(link["id"])), words=link.get_text())
        elif (address := str(link.get("href", ""))).startswith((*OUTSIDE, "/")):
            yield Link(page, address=address, words=link.get_text())


def _leads_out(address: str, host: str) -> bool:
    split = _split(address)
    return split is not None and address.startswith(OUTSIDE) and split.netloc != host


def _split(address: str) -> SplitResult | None:
    """The parts of an address; nothing of one that has none, such as `https://[example`, which leads nowhere."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _leads_on(link: Link, live: Mapping[int, str], homes: Mapping[str, str]) -> bool:
    if link.page_id is not None:
        return link.page_id in live
    split = _split(link.address)
    if split is None:
        return False
    path = split.path or "/"
    code = translation.get_language_from_path(path) or languages.ENGLISH
    with translation.override(code):
        try:
            found = resolve(path, urlconf=settings.ROOT_URLCONF)
        except Resolver404:
            return False
        return found.url_name != SERVED or _is_a_page(path, code, live, homes) or moved_to(path) is not None


def _is_a_page(path: str, code: str, live: Mapping[int, str], homes: Mapping[str, str]) -> bool:
    """Whether something is read there: words in the language of the address, or English ones in its frame."""
    below = path.removeprefix(prefix(code)).lstrip("/")
    return any(f"{homes[one]}{below}" in live.values() for one in {code, languages.ENGLISH} & set(homes))


def _outside(links: Iterable[Link]) -> list[Outside]:
    pages: dict[str, dict[int, Page]] = {}
    for link in links:
        pages.setdefault(link.address, {})[link.on.pk] = link.on
    known = {one.address: one for one in FollowedLink.objects.filter(address__in=pages)}
    rows = [
        Outside(address, list(on.values()), *((row.checked_on, row.works) if (row := known.get(address)) else ()))
        for address, on in pages.items()
    ]
    return sorted(rows, key=lambda row: (row.works, row.checked_on or date.min, row.address))

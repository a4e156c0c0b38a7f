"""Checks at every start: each URL stands in the table of pages, with the permission its view names."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from tenants.schemes.pages import CMS_PERMISSION, PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import Permission
from tenants.schemes.urls_walk import Page, pages_of


@register(Tags.urls)
def every_page_stands_in_the_table(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each URL that is missing in the table, or whose view names another permission."""
    return [
        *_compare(settings.PUBLIC_SCHEMA_URLCONF, PLATFORM_PAGES),
        *_compare(settings.ROOT_URLCONF, SCHEME_PAGES),
    ]


def _compare(urlconf: str, table: dict[str, Permission]) -> list[CheckMessage]:
    pages = list(pages_of(urlconf))
    found = [problem for page in pages if (problem := _problem(page, table))]
    gone = set(table) - {page.name for page in pages}
    return found + [_error(f"{name} stands in the table for {urlconf} and is no URL.") for name in sorted(gone)]


def _problem(page: Page, table: dict[str, Permission]) -> CheckMessage | None:
    wanted = CMS_PERMISSION if page.in_cms else table.get(page.name)
    if wanted is None:
        return _error(f"{page.name} ({page.route}) is missing in tenants/schemes/pages.py.")
    if page.permission is not wanted:
        return _error(f"{page.name} ({page.route}) names {page.permission}, the table says {wanted}.")
    return None


def _error(text: str) -> CheckMessage:
    return Error(text, hint="Put @requires(…) on the view and the URL's name into the table.", id="schemes.E001")

"""Walk the URL configurations: what the table of pages and its proofs are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

from tenants.schemes.rights import Permission


@dataclass(frozen=True, slots=True)
class Page:
    """One URL: its full name, its route as Django prints it, its view and the permission the view names."""

    name: str
    route: str
    view: Any
    permission: Permission | None
    in_cms: bool


def pages_of(urlconf: str) -> Iterator[Page]:
    """Every URL of a URL configuration, in order."""
    yield from _walk(import_module(urlconf).urlpatterns, route="", namespace="")


def _walk(patterns: list[URLPattern | URLResolver], *, route: str, namespace: str) -> Iterator[Page]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route=here, namespace=inner)
        else:
            yield Page(
                name=f"{namespace}{pattern.name or here}",
                route=here,
                view=pattern.callback,
                permission=getattr(pattern.callback, "permission", None),
                in_cms=here.startswith("cms/"),
            )

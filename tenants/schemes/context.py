"""What every template knows: the scheme whose host this is, what one may do here, and the ways on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from tenants.schemes.requires import held, may
from tenants.schemes.rights import Permission

# What the header offers, on a scheme's host and on the platform: (words, URL name, who may).
SCHEME_NAVIGATION = [
    ("You said, we did", "/", Permission.ANYONE),
    ("Tell us", "feedback:tell_us", Permission.ANYONE),
    ("Your answer", "feedback:slip", Permission.ANYONE),
    ("What I said", "feedback:mine", Permission.SIGNED_IN),
    ("Staff", "staff", Permission.SEE_STAFF_PAGES),
    ("Points", "feedback:register", Permission.SEE_REGISTER),
    ("Concerns", "feedback:concerns", Permission.SEE_CONCERNS),
    ("Group", "group_space", Permission.SEE_GROUP_SPACE),
]
FOOTER = [("Privacy", "privacy"), ("Accessibility", "accessibility"), ("Contact", "contact")]
PLATFORM_NAVIGATION = [
    ("My Alongside", "my", Permission.SIGNED_IN),
    ("My groups", "groups", Permission.SIGNED_IN),
    ("Schemes", "schemes", Permission.SEE_ALL_SCHEMES),
    ("Operating", "operate", Permission.OPERATE),
]


FooterSource = Callable[[HttpRequest], Mapping[str, str]]
_footer_sources: list[FooterSource] = []


def register_footer(source: FooterSource) -> FooterSource:
    """Let an app say what a scheme has written itself: addresses, by the words of the footer."""
    _footer_sources.append(source)
    return source


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every page of ours."""
    scheme = getattr(request, "scheme_here", None)
    return {
        "scheme": scheme,
        "may": lambda name: may(request, Permission(name)),
        "demonstration": settings.DEMONSTRATION,
        "nav": _navigation(request, SCHEME_NAVIGATION if scheme else PLATFORM_NAVIGATION),
        "footer_links": _footer(request),
        "platform_origin": settings.PLATFORM_ORIGIN,
    }


def _footer(request: HttpRequest) -> list[dict[str, str]]:
    links = {text: _address(name) for text, name in FOOTER}
    if getattr(request, "scheme_here", None):
        for source in _footer_sources:
            links |= source(request)
    return [{"text": text, "href": href} for text, href in links.items() if href]


def _navigation(request: HttpRequest, items: list[tuple[str, str, Permission]]) -> list[dict[str, Any]]:
    if not hasattr(request, "user"):
        return []
    found = held(request)
    # What opens after a second step is offered as well: it leads there.
    links = [(text, _address(name)) for text, name, right in items if right in found.plain | found.staff]
    return [{"text": text, "href": href, "current": href == request.path} for text, href in links if href]


def _address(name: str) -> str:
    if name.startswith("/"):
        return name
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

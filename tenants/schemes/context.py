"""What every template knows: the scheme whose host this is, what one may do here, and the ways on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop as N_

from kit.languages import first_page, said
from tenants.schemes.requires import held, may
from tenants.schemes.rights import Permission

# What the header offers, on a scheme's host and on the platform: (words, URL name, who may).
SCHEME_NAVIGATION = [
    (N_("You said, we did"), "/", Permission.ANYONE),
    (N_("Tell us"), "feedback:tell_us", Permission.ANYONE),
    (N_("Your answer"), "feedback:slip", Permission.ANYONE),
    (N_("What I said"), "feedback:mine", Permission.SIGNED_IN),
    (N_("Staff"), "staff", Permission.SEE_STAFF_PAGES),
    (N_("Points"), "feedback:register", Permission.SEE_REGISTER),
    (N_("Concerns"), "feedback:concerns", Permission.SEE_CONCERNS),
    (N_("Monitoring"), "monitoring", Permission.SEE_MONITORING),
    (N_("Group"), "group_space", Permission.SEE_GROUP_SPACE),
]
FOOTER = [(N_("Privacy"), "privacy"), (N_("Accessibility"), "accessibility"), (N_("Contact"), "contact")]
PLATFORM_NAVIGATION = [
    (N_("My Alongside"), "my", Permission.SIGNED_IN),
    (N_("My groups"), "groups", Permission.SIGNED_IN),
    (N_("What others did"), "answers", Permission.ANYONE),
    (N_("Schemes"), "schemes", Permission.SEE_ALL_SCHEMES),
    (N_("Comparing schemes"), "comparison", Permission.COMPARE_SCHEMES),
    (N_("Operating"), "operate", Permission.OPERATE),
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
    return [{"text": said(text), "href": href} for text, href in links.items() if href]


def _navigation(request: HttpRequest, items: list[tuple[str, str, Permission]]) -> list[dict[str, Any]]:
    if not hasattr(request, "user"):
        return []
    found = held(request)
    # What opens after a second step is offered as well: it leads there.
    links = [(text, _address(name)) for text, name, right in items if right in found.plain | found.staff]
    return [{"text": said(text), "href": href, "current": href == request.path} for text, href in links if href]


def _address(name: str) -> str:
    if name == "/":
        return first_page()
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

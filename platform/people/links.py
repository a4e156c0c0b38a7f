"""Links from the platform to a page of a scheme, by way of its sign-in."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings

from tenants.schemes.models import Scheme


def into_scheme(scheme: Scheme, path: str) -> str:
    """A page of a scheme for somebody signed in on the platform: one hand-off, then the page.

    Always a hand-off: on a shared phone somebody else may still be signed in at the scheme's host.
    """
    return into(scheme.origin, path)


def into(origin: str, path: str) -> str:
    """The same for the origin of a host that leads to an open scheme."""
    return f"{origin}/sign-in/?{urlencode({'next': path, 'again': 'yes'})}"


def first_visit(scheme: Scheme, path: str) -> str:
    """Where somebody new says what to call them and agrees to an account, from a page of a scheme and back to it."""
    query = urlencode({"host": urlsplit(scheme.origin).hostname, "next": path})
    return f"{settings.PLATFORM_ORIGIN}/my/first-visit/?{query}"

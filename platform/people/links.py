"""Links from the platform to a page of a scheme, by way of its sign-in."""

from urllib.parse import urlencode

from tenants.schemes.models import Scheme


def into_scheme(scheme: Scheme, path: str) -> str:
    """A page of a scheme for somebody signed in on the platform: one hand-off, then the page.

    Always a hand-off: on a shared phone somebody else may still be signed in at the scheme's host.
    """
    return into(scheme.origin, path)


def into(origin: str, path: str) -> str:
    """The same for the origin of a host that leads to an open scheme."""
    return f"{origin}/sign-in/?{urlencode({'next': path, 'again': 'yes'})}"

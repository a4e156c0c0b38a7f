"""The scheme whose host a request came to."""

from django.http import HttpRequest

from tenants.schemes.models import Scheme


def scheme_here(request: HttpRequest) -> Scheme:
    """The scheme of this host; only views of scheme hosts ask, and those have one."""
    scheme: Scheme = request.scheme_here  # type: ignore[attr-defined]
    return scheme


def is_platform(request: HttpRequest) -> bool:
    """Whether this is the platform's own host."""
    return getattr(request, "scheme_here", None) is None

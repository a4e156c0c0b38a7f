"""The scheme whose host a request came to, and those at which whoever asks works."""

from django.http import HttpRequest

from tenants.schemes.models import Membership, Scheme


def scheme_here(request: HttpRequest) -> Scheme:
    """The scheme of this host; only views of scheme hosts ask, and those have one."""
    scheme: Scheme = request.scheme_here  # type: ignore[attr-defined]
    return scheme


def is_platform(request: HttpRequest) -> bool:
    """Whether this is the platform's own host."""
    return getattr(request, "scheme_here", None) is None


def works_at(request: HttpRequest) -> list[Scheme]:
    """The open schemes at which whoever asks has a role now: one statement for a request, whoever wants to know."""
    known: list[Scheme] | None = getattr(request, "_works_at", None)
    if known is None:
        running = Membership.objects.of(request.user.pk).running().values("scheme")
        known = list(Scheme.objects.live().filter(pk__in=running))
        request._works_at = known  # type: ignore[attr-defined]
    return known

"""Hosts of ours: which lead to an open scheme, and which addresses are safe to go on to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from tenants.schemes.models import Domain, Scheme


def host_of(request: HttpRequest) -> str:
    """The host a request came for, without its port."""
    return request.get_host().rsplit(":", 1)[0].lower()


def is_open(host: str) -> bool:
    """Whether a host leads to a scheme whose site answers."""
    # A database cannot even look for a NUL.
    return "\0" not in host and Domain.objects.filter(domain=host, tenant__status=Scheme.Status.OPEN).exists()


def origin_of(host: str) -> str:
    """Where a host's site begins: the same protocol and port as the platform's."""
    platform = urlsplit(settings.PLATFORM_ORIGIN)
    port = f":{platform.port}" if platform.port else ""
    return f"{platform.scheme}://{host}{port}"


def own_path(address: str | None, default: str) -> str:
    """A path on the host we are on, or the default: nobody is ever sent on to a site that is not ours."""
    if address and address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return default

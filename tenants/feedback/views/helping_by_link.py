"""On the platform, whose address gives nothing away: the link that asks somebody to help, and leads to the scheme."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from people.links import into_scheme
from tenants.schemes.queries import open_scheme
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@require_GET
def help_link(request: HttpRequest, scheme_id: UUID, token: str) -> HttpResponse:
    """On to the page of the scheme that knows whether the invitation still stands."""
    scheme = open_scheme(scheme_id)
    if scheme is None:
        raise Http404
    response = redirect(
        into_scheme(scheme, reverse("feedback:support_open", args=[token], urlconf=settings.ROOT_URLCONF))
    )
    response["Referrer-Policy"] = "no-referrer"
    return response

"""What a scheme sees: the visits that were announced to it, and those that were held back once they are logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groups.queries import agreements_with
from peer_monitoring import queries
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_MONITORING)
@require_GET
def monitoring(request: HttpRequest) -> HttpResponse:
    """The visits that the scheme knows of, and the groups it has an agreement with."""
    scheme = scheme_here(request)
    context = {"visits": queries.told_to(scheme)[:100], "agreements": agreements_with(scheme)}
    return render(request, "peer_monitoring/monitoring.jinja", context)

"""On the platform, whose address and name give nothing away: the link of a message that asks whether it changed."""

from django.http import HttpRequest, HttpResponse

from people.queries import link_behind
from tenants.feedback.views.asked import ask
from tenants.schemes.entering import enter
from tenants.schemes.queries import open_scheme
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """The question behind a link. One that was never made, has ended or was overtaken gets the same answer."""
    link = link_behind(token)
    scheme = open_scheme(link.scheme_id) if link else None
    if link is None or scheme is None:
        return ask(request, None)
    with enter(scheme):
        return ask(request, link.key)

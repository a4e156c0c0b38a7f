"""An invitation to a team, on the platform. Its secret leaves the address at once; the session holds only the hash."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kit import tokens
from people import actions, queries
from people.here import me
from people.links import into_scheme
from tenants.schemes import actions as schemes
from tenants.schemes import queries as boundary
from tenants.schemes.errors import SchemesRefused
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

SESSION_KEY = "invitation"


@requires(Permission.ANYONE)
@require_GET
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the message."""
    request.session[SESSION_KEY] = tokens.fingerprint(token)
    response = redirect("invitation")
    response["Referrer-Policy"] = "no-referrer"
    return response


@requires(Permission.ANYONE)
@require_GET
def invitation(request: HttpRequest) -> HttpResponse:
    """What one is invited to, and what to do next."""
    found = boundary.invited_by_link(_hash(request))
    if found is None:
        return render(request, "people/invitation_gone.jinja", {"refused": schemes.USED}, status=410)
    signed_in = request.user.is_authenticated
    theirs = signed_in and found.email in queries.verified_addresses(me(request))
    return render(request, "people/invitation.jinja", {"invitation": found, "theirs": theirs})


@requires(Permission.SIGNED_IN)
@require_POST
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Take up the role."""
    addresses = queries.verified_addresses(me(request))
    try:
        membership = schemes.accept_invitation(token_hash=_hash(request), addresses=addresses, by=me(request).pk)
    except SchemesRefused as refused:
        return render(request, "people/invitation_gone.jinja", {"refused": refused}, status=410)
    request.session.pop(SESSION_KEY, None)
    actions.remember_place(person_id=me(request).pk, scheme=membership.scheme)
    context = {"membership": membership, "href": into_scheme(membership.scheme, "/staff/")}
    return render(request, "people/invitation_done.jinja", context)


def _hash(request: HttpRequest) -> str:
    return str(request.session.get(SESSION_KEY, ""))

"""An invitation to a group. Its secret leaves the address at once; the session holds only the hash."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from groups import actions, queries
from groups.errors import GroupsRefused
from kit import tokens
from people.here import me
from people.queries import verified_addresses
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

SESSION_KEY = "group_invitation"


@requires(Permission.ANYONE)
@require_GET
def group_join_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the message."""
    request.session[SESSION_KEY] = tokens.fingerprint(token)
    response = redirect("group_join")
    response["Referrer-Policy"] = "no-referrer"
    return response


@requires(Permission.ANYONE)
@require_GET
def group_join(request: HttpRequest) -> HttpResponse:
    """Which group one is invited to, and what to do next."""
    found = queries.invitation(_hash(request))
    if found is None:
        return render(request, "people/invitation_gone.jinja", {"refused": actions.USED}, status=410)
    theirs = request.user.is_authenticated and found.email in verified_addresses(me(request))
    return render(request, "groups/group_join.jinja", {"invitation": found, "theirs": theirs})


@requires(Permission.SIGNED_IN)
@require_POST
def group_join_accept(request: HttpRequest) -> HttpResponse:
    """Take the seat."""
    try:
        seat = actions.join(token_hash=_hash(request), addresses=verified_addresses(me(request)), by=me(request).pk)
    except GroupsRefused as refused:
        return render(request, "people/invitation_gone.jinja", {"refused": refused}, status=410)
    request.session.pop(SESSION_KEY, None)
    return redirect("group", seat.group.slug)


def _hash(request: HttpRequest) -> str:
    return str(request.session.get(SESSION_KEY, ""))

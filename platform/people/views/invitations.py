"""An invitation to a team, on the platform. Its secret leaves the address at once; the session holds only the hash."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kit import tokens
from people import actions, queries
from people.forms import JoiningForm
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
    return _show(request, JoiningForm(person=me(request)) if request.user.is_authenticated else None)


@requires(Permission.SIGNED_IN)
@require_POST
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Take up the role, with a name that the others in the team will see."""
    form = JoiningForm(request.POST, person=me(request))
    if not form.is_valid():
        return _show(request, form)
    addresses = queries.verified_addresses(me(request))
    try:
        membership = schemes.accept_invitation(token_hash=_hash(request), addresses=addresses, by=me(request).pk)
    except SchemesRefused as refused:
        return _gone(request, refused)
    if "name" in form.cleaned_data:
        actions.set_name(person=me(request), name=form.cleaned_data["name"], by=me(request))
    actions.remember_place(person_id=me(request).pk, scheme=membership.scheme)
    context = {"membership": membership, "href": into_scheme(membership.scheme, "/staff/")}
    return render(request, "people/invitation_done.jinja", context)


def _show(request: HttpRequest, form: JoiningForm | None) -> HttpResponse:
    found = boundary.invited_by_link(_hash(request))
    if found is None:
        return _gone(request, schemes.USED)
    theirs = form is not None and found.email in queries.verified_addresses(me(request))
    return render(request, "people/invitation.jinja", {"invitation": found, "theirs": theirs, "form": form})


def _gone(request: HttpRequest, refused: SchemesRefused | str) -> HttpResponse:
    """Why it cannot be used; whoever used it themselves is told so, and led on to where it brought them."""
    own = boundary.used_by(me(request).pk, _hash(request)) if request.user.is_authenticated else None
    if own is None:
        context = {"refused": refused, "again": reverse("invitation")}
        return render(request, "people/invitation_gone.jinja", context, status=410)
    works_there = boundary.members(own.scheme).of(me(request).pk).exists()
    context = {"name": own.scheme.name, "href": into_scheme(own.scheme, "/staff/") if works_there else ""}
    return render(request, "people/invitation_used.jinja", context, status=200 if works_there else 410)


def _hash(request: HttpRequest) -> str:
    return str(request.session.get(SESSION_KEY, ""))

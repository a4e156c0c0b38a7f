"""An invitation to a group. Its secret leaves the address at once; the session holds only the hash."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from groups import actions, queries
from groups.errors import GroupsRefused
from kit import tokens
from people.actions import set_name
from people.forms import JoiningForm
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
    return _show(request, JoiningForm(person=me(request)) if request.user.is_authenticated else None)


@requires(Permission.SIGNED_IN)
@require_POST
def group_join_accept(request: HttpRequest) -> HttpResponse:
    """Take the seat, with a name that the other members will see."""
    form = JoiningForm(request.POST, person=me(request))
    if not form.is_valid():
        return _show(request, form)
    try:
        seat = actions.join(token_hash=_hash(request), addresses=verified_addresses(me(request)), by=me(request).pk)
    except GroupsRefused as refused:
        return _gone(request, refused)
    if "name" in form.cleaned_data:
        set_name(person=me(request), name=form.cleaned_data["name"], by=me(request))
    return redirect("group", seat.group.slug)


def _show(request: HttpRequest, form: JoiningForm | None) -> HttpResponse:
    found = queries.invitation(_hash(request))
    if found is None:
        return _gone(request, actions.USED)
    theirs = form is not None and found.email in verified_addresses(me(request))
    return render(request, "groups/group_join.jinja", {"invitation": found, "theirs": theirs, "form": form})


def _gone(request: HttpRequest, refused: GroupsRefused | str) -> HttpResponse:
    """Why it cannot be used; whoever used it themselves is told so, and led on to their group."""
    own = queries.used_invitation(_hash(request), me(request).pk) if request.user.is_authenticated else None
    if own is None:
        context = {"refused": refused, "again": reverse("group_join")}
        return render(request, "people/invitation_gone.jinja", context, status=410)
    belongs = queries.my_groups(me(request).pk).filter(pk=own.group_id).exists()
    context = {"name": own.group.name, "href": reverse("group", args=[own.group.slug]) if belongs else ""}
    return render(request, "people/invitation_used.jinja", context, status=200 if belongs else 410)


def _hash(request: HttpRequest) -> str:
    return str(request.session.get(SESSION_KEY, ""))

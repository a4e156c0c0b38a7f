"""What staff of a scheme see first, who is in the team, and who did what with whose record."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import audit
import audit.queries
from kit.dates import moment
from kit.kept import posted_or_kept
from people import actions, queries, waiting
from people.errors import PeopleRefused
from people.forms import InviteForm
from people.here import me
from tenants.schemes import actions as schemes
from tenants.schemes import queries as boundary
from tenants.schemes.errors import SchemesRefused
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_STAFF_PAGES)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """What waits for this member of staff, and the ways on."""
    roles = boundary.roles_of(scheme_here(request), me(request).pk)
    context = {"lines": waiting.lines(request), "roles": roles}
    return render(request, "people/staff.jinja", context)


@requires(Permission.SEE_STAFF_PAGES)
@require_GET
def staff_waiting(request: HttpRequest) -> HttpResponse:
    """All that waits for this member of staff: concerns first, then the soonest."""
    return render(request, "people/staff_waiting.jinja", {"lines": waiting.lines(request)})


@requires(Permission.SEE_TEAM)
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Who works here and in which role; managers also see who is invited."""
    audit.record(by=me(request), operation="read", what="read who is in the team")
    members = list(boundary.members(scheme_here(request)))
    away = list(boundary.absences(scheme_here(request)))
    named = [member.person_id for member in members] + [who for one in away for who in (one.person_id, one.cover_id)]
    names = queries.names(named)
    rows = sorted(
        ((names.get(member.person_id, "Somebody"), member) for member in members), key=lambda row: row[0].lower()
    )
    invited = boundary.open_invitations(scheme_here(request))
    return render(request, "people/team.jinja", {"rows": rows, "invited": invited, "away": [
        (one, names.get(one.person_id, "Somebody"), names.get(one.cover_id, "Somebody")) for one in away
    ]})  # fmt: skip


@requires(Permission.MANAGE_TEAM)
def team_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a role."""
    form = InviteForm(posted_or_kept(request))
    if form.is_valid():
        try:
            schemes.invite(scheme=scheme_here(request), by=me(request).pk, **form.cleaned_data)
            return redirect("team")
        except SchemesRefused as refused:
            form.refuse(refused, "email")
    return render(request, "people/team_invite.jinja", {"form": form})


@requires(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def team_end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End somebody's role, after asking once more."""
    membership = boundary.member(scheme_here(request), membership_id)
    refused = None
    if request.method == "POST":
        try:
            schemes.end_membership(membership=membership, by=me(request).pk)
            return redirect("team")
        except SchemesRefused as error:
            refused = error
    name = queries.names([membership.person_id]).get(membership.person_id, "Somebody")
    context = {"membership": membership, "name": name, "refused": refused}
    return render(request, "people/team_end.jinja", context, status=409 if refused else 200)


@requires(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def team_second_step(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Help a colleague who lost their second step, after asking once more."""
    membership = boundary.member(scheme_here(request), membership_id)
    refused = None
    if request.method == "POST":
        try:
            actions.help_colleague(membership=membership, by=me(request).pk)
            messages.success(request, "Their second step is taken away. They set up a new one when they sign in.")
            return redirect("team")
        except PeopleRefused as error:
            refused = error
    name = queries.names([membership.person_id]).get(membership.person_id, "Somebody")
    context = {"name": name, "refused": refused}
    return render(request, "people/team_second_step.jinja", context, status=409 if refused else 200)


@requires(Permission.MANAGE_TEAM)
@require_POST
def team_invitation_withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = boundary.open_invitation(scheme_here(request), invitation_id)
    schemes.withdraw_invitation(invitation=invitation, by=me(request).pk)
    return redirect("team")


@requires(Permission.READ_AUDIT)
@require_GET
def audit_read(request: HttpRequest) -> HttpResponse:
    """Who read or changed what. Staff are named; whom a record is about is not: their record says that."""
    page = audit.queries.recent(request.GET.get("page", 1))
    staff_ids = boundary.staff_ever(scheme_here(request))
    names = queries.names(entry.by for entry in page if entry.by in staff_ids)
    rows = [(moment(entry.at), _who(entry.by, names), entry.what.capitalize()) for entry in page]
    return render(request, "people/audit.jinja", {"page": page, "rows": rows})


def _who(person_id: UUID | None, names: Mapping[UUID, str]) -> str:
    if person_id is None:
        return "The service itself"
    return names.get(person_id, "Somebody who is not in the team")

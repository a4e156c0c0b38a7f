"""Staff say that they are away, and who covers; a manager says it for them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kit.kept import posted_or_kept
from people import queries
from people.away_forms import AwayForm
from people.here import me
from tenants.schemes import actions as schemes
from tenants.schemes import queries as boundary
from tenants.schemes.errors import CannotBeAway
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_TEAM)
def away(request: HttpRequest) -> HttpResponse:
    """Say that one is away oneself."""
    return _say(request, me(request).pk, name="")


@requires(Permission.MANAGE_TEAM)
def team_away(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A manager says it for somebody who could not."""
    person_id = boundary.member(scheme_here(request), membership_id).person_id
    return _say(request, person_id, name=queries.names([person_id]).get(person_id, "Somebody"))


@requires(Permission.SEE_TEAM)
@require_POST
def away_take_back(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """One's own absence, or for a manager anybody's, is over or never was."""
    absence = boundary.absences(scheme_here(request)).filter(pk=absence_id).first()
    if absence is None or (absence.person_id != me(request).pk and not may(request, Permission.MANAGE_TEAM)):
        raise Http404
    schemes.take_back_absence(absence=absence, by=me(request).pk)
    return redirect("team")


def _say(request: HttpRequest, person_id: UUID, *, name: str) -> HttpResponse:
    team = {one.person_id for one in boundary.members(scheme_here(request))} - {person_id}
    form = AwayForm(posted_or_kept(request), team=queries.names(team))
    if form.is_valid() and _done(request, person_id, form):
        return redirect("team")
    return render(request, "people/away.jinja", {"form": form, "name": name, "alone": not team})


def _done(request: HttpRequest, person_id: UUID, form: AwayForm) -> bool:
    try:
        schemes.say_away(
            scheme=scheme_here(request), person_id=person_id, cover_id=form.cleaned_data["cover"], by=me(request).pk,
            first_day=form.cleaned_data["first_day"], last_day=form.cleaned_data["last_day"],
        )  # fmt: skip
    except CannotBeAway as refused:
        form.refuse(refused, refused.field)
        return False
    return True

"""What a team has on the day of a visit: the briefing, the calendar file, and a page to say that they are in or out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from groups.queries import group_where_monitor
from kit.ids import as_id
from kit.kept import posted_or_kept
from kit.paper import as_download
from peer_monitoring import actions, queries
from peer_monitoring.briefing import briefing
from peer_monitoring.calendar_files import CALENDAR, calendar_file
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.forms import ConcernForm, SafetyForm
from peer_monitoring.models import Visit
from peer_monitoring.queries import RaisedOnVisit
from peer_monitoring.reaching import whom_to_tell
from peer_monitoring.rules import usual_time_out
from peer_monitoring.standing import who_learns, who_looks_for
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_GET
def visit_briefing(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """What the team takes along on paper."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_write_about(group, visit_id, me(request).pk)
    return as_download(briefing(one), "visit.pdf")


@requires(Permission.LOG_VISITS)
@require_GET
def visit_calendar(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """When it is, for a calendar that others may read."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_write_about(group, visit_id, me(request).pk)
    response = HttpResponse(calendar_file(one), content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


@requires(Permission.LOG_VISITS)
def visit_safety(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Say that I am in and when I will be out, or that it takes longer; see who is in."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_be_safe_on(group, visit_id, me(request).pk)
    form = SafetyForm(posted_or_kept(request), initial={"out_by": f"{usual_time_out():%H:%M}"})
    if form.is_valid():
        try:
            actions.say_in(visit=one, by=me(request).pk, **form.cleaned_data)
            return redirect("visit_safety", slug, visit_id)
        except VisitsRefused as refused:
            form.refuse(refused, "out_by")
    context = {
        "group": group,
        "visit": one,
        "form": form,
        "can_go_in": queries.can_go_in(one, me(request).pk),
        "mine": queries.my_check(one, me(request).pk),
        "went_in": queries.who_went_in(one, me(request).pk),
        "looks_for_me": who_looks_for(one, me(request).pk),
    }
    return render(request, "peer_monitoring/visit_safety.jinja", context)


@requires(Permission.LOG_VISITS)
def visit_concern(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Raise a concern now, as the app does: for the team, and for whoever leads the group; then, what happens now."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_be_safe_on(group, visit_id, me(request).pk)
    if one.ready_at is None:
        raise Http404
    told = who_learns(one, me(request).pk)
    context = {"group": group, "visit": one, "told": told, "to_tell": whom_to_tell(one, me(request).pk)}
    if sent := _sent(request, one):
        context |= {"sent": sent, "place_is_told": queries.is_place_told(one)}
        return render(request, "peer_monitoring/visit_concern_sent.jinja", context)
    answers = {"yes": True, "no": False}
    hide = [said for said, is_inside in answers.items() if not queries.is_place_told(one, is_inside=is_inside)]
    form = ConcernForm(posted_or_kept(request), hide_the_place=hide)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.raise_concern(
                visit=one, concern_id=said["send"], words=said["words"], is_inside=said["inside"] == "yes",
                by=me(request).pk,
            )  # fmt: skip
            return redirect(f"{reverse('visit_concern', args=[slug, visit_id])}?sent={said['send']}")
        except VisitsRefused as refused:
            form.refuse(refused, "words")
    return render(request, "peer_monitoring/visit_concern.jinja", {**context, "form": form})


def _sent(request: HttpRequest, one: Visit) -> RaisedOnVisit | None:
    """What they have just sent from this page, if that is what its address says."""
    if (name := as_id(request.GET.get("sent", ""))) is None:
        return None
    found = queries.concerns_on(one, me(request).pk)
    return next((raised for raised in found if raised.is_mine and raised.concern.id_on_phone == name), None)


@requires(Permission.LOG_VISITS)
@require_POST
def visit_out(request: HttpRequest, slug: str, visit_id: UUID, check_id: UUID) -> HttpResponse:
    """I am out; a lead says it of somebody who cannot."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_be_safe_on(group, visit_id, me(request).pk)
    actions.come_out(check=queries.check_to_end(one, check_id, me(request).pk), by=me(request).pk)
    return redirect("visit_safety", slug, visit_id)

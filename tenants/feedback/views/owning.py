"""For staff: who sees to one point, or to all that were ticked in the register."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from kit import kept
from tenants.feedback import actions
from tenants.feedback.forms import AssignForm, BulkAssignForm
from tenants.feedback.queries import first_words, points_by_id
from tenants.feedback.views.asking import SchemeRequest, done, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ASSIGN_POINTS)
def point_assign(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Say who sees to a point, before it is decided or after."""
    point = point_or_404(point_id)
    initial = {"owner": str(point.owner_membership_id or "")}
    form = AssignForm(kept.posted_or_kept(request), initial=initial, scheme=request.scheme_here)
    if done(form, lambda: actions.assign(points=[point_id], by=request.user, **form.cleaned_data)):
        return redirect("feedback:point", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_assign.jinja", {"point": point, "form": form})


@requires(Permission.ASSIGN_POINTS)
def points_assign(request: SchemeRequest) -> HttpResponse:
    """Say who sees to all the points that were ticked, or to none of them; then back to the same page of the list."""
    shown = QueryDict(request.POST.get("back", ""), mutable=True)
    shown.pop("owner", None)
    back = f"{reverse('feedback:register')}?{shown.urlencode()}"
    form = BulkAssignForm(kept.posted_or_kept(request), scheme=request.scheme_here)
    if not form.is_bound:
        return redirect("feedback:register")
    if done(form, lambda: actions.assign(by=request.user, **form.cleaned_data)):
        messages.success(request, "Who sees to them is written down.")
        return redirect(back)
    if not form.ticked:
        messages.error(request, "Tick at least one row, then choose who sees to it.")
        return redirect(f"{back}&{urlencode({'owner': form.data.get('owner', '')})}")
    actions.record_reading(by=request.user, what="read a page of the register")
    return render(request, "feedback/points_assign.jinja", {
        "form": form, "points": points_by_id(form.ticked), "back_to": back, "first_words": first_words,
    })  # fmt: skip

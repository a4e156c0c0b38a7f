"""For staff: what an answer is meant to help."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions
from tenants.feedback.forms import OutcomesForm
from tenants.feedback.views.asking import SchemeRequest, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.REPORT_PROGRESS)
def point_outcomes(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Note what an answer helps and what it aims at."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    noted = list(point.outcomes.values_list("tag", flat=True))
    form = OutcomesForm(kept.posted_or_kept(request), initial={"helps": noted, "aims": noted})
    if done(form, lambda: actions.note_outcomes(point=point, tags=form.tags, by=request.user)):
        return redirect("feedback:point", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_outcomes.jinja", {"point": point, "form": form})

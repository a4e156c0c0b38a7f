"""For whoever decides: one short question before, and the record of due regard where it is needed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.forms import RecordForm, RegardForm
from tenants.feedback.models import Point
from tenants.feedback.views.asking import SchemeRequest, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.DECIDE_POINTS)
def point_regard(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Does this change a policy or how people are treated? A line where it does not, a record where it does."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = RegardForm(kept.posted_or_kept(request))
    if form.is_valid() and form.cleaned_data["changes"] == "yes":
        return redirect("feedback:point_regard_record", point_id)
    if done(form, lambda: actions.no_regard_needed(point=point, why_not=form.cleaned_data["why_not"], by=request.user)):
        return redirect("feedback:point_decide", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_regard.jinja", {"point": point, "form": form})


@requires(Permission.DECIDE_POINTS)
def point_regard_record(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Write the record, or a new version of it; then decide."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    before = next((one for one in queries.regards_of(point) if one.changes_policy), None)
    form = RecordForm(kept.posted_or_kept(request), scheme=request.scheme_here, before=before)
    if done(form, lambda: _record(request, point, form)):
        return redirect("feedback:point_decide", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_regard_record.jinja", {"point": point, "form": form, "before": before})


def _record(request: SchemeRequest, point: Point, form: RecordForm) -> None:
    maker = form.cleaned_data["decision_maker"]
    actions.record_regard(point=point, words=form.words, decision_maker=maker, by=request.user)

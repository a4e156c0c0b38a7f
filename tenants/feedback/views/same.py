"""For staff: what other schemes did about the same, and whose answer a decision follows."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.actions.locking import latest_round
from tenants.feedback.forms import SameForm
from tenants.feedback.views.asking import SchemeRequest, back_to_point, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.DECIDE_POINTS)
def point_same(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """What others who heard this did; a button says that we did the same."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = SameForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.do_the_same(point=point, by=request.user, **form.cleaned_data)):
        return back_to_point(request, point_id, "You have said that you did the same.")
    actions.record_reading(by=request.user, point=point)
    words = request.GET.get("q", "").strip()[: SameForm.MOST_WORDS]
    here = request.scheme_here
    others = queries.others_saying(words, here) if words else queries.others_did(point, here, most=queries.ON_ITS_PAGE)
    latest, followed = latest_round(point), queries.followed_by(point)
    further = [one for one in others if followed is None or one.row.pk != followed.row.pk]
    return render(request, "feedback/point_same.jinja", {
        "point": point, "form": form, "others": further, "words": words, "followed": followed,
        "decided_at": latest.decided_at if latest and not point.is_open else None,
    })  # fmt: skip


@requires(Permission.DECIDE_POINTS)
def point_same_take_back(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """We did not do the same after all; whoever had to sign in again finds the button on the page before."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    if request.method == "POST":
        actions.take_back_the_same(point=point, by=request.user)
        return back_to_point(request, point_id, "It is taken back.")
    return redirect("feedback:point_same", point_id)

"""For staff: points that say the same are answered together, and one that says two things is taken apart."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.errors import FeedbackError
from tenants.feedback.forms import SplitForm, TogetherForm
from tenants.feedback.models import Point
from tenants.feedback.views.asking import SchemeRequest, back_to_point, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

LONGEST_SEARCH = 200


@requires(Permission.DECIDE_POINTS)
def point_together(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Choose the points that say the same as this one."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    words = request.GET.get("words", "").strip()[:LONGEST_SEARCH]
    filled = kept.posted_or_kept(request)
    ticked = _ids(filled.getlist("others")) if filled else []
    form = TogetherForm(filled, offered=queries.could_join(point, words=words, also=ticked))
    if done(form, lambda: actions.answer_together(points=[point, *form.chosen], by=request.user)):
        return back_to_point(request, Point.objects.get(pk=point_id).carrier.pk, "They are answered together now.")
    actions.record_reading(by=request.user, point=point, what="read points that may say the same")
    return render(request, "feedback/point_together.jinja", {"point": point, "form": form, "words": words})


@requires(Permission.DECIDE_POINTS)
@require_POST
def point_apart(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Answer it by itself again; once there is an answer they stay together, and the point's page shows it."""
    with suppress(FeedbackError):
        actions.answer_apart(point=point_or_404(point_id), by=request.user)
    return redirect("feedback:point", point_id)


@requires(Permission.DECIDE_POINTS)
def point_split(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Take it apart: each part is sorted and decided by itself."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = SplitForm(kept.posted_or_kept(request), point=point)
    if done(form, lambda: _split(request, point, form)):
        return back_to_point(request, point_id, "It is taken apart. Each part is answered by itself.")
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_split.jinja", {"point": point, "form": form})


def _split(request: SchemeRequest, point: Point, form: SplitForm) -> None:
    given = form.cleaned_data
    actions.split(
        point=point,
        stays=given["stays"],
        goes=given["goes"],
        theme=given["theme"],
        client_key=given["send"],
        by=request.user,
    )


def _ids(given: Iterable[str]) -> list[UUID]:
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found

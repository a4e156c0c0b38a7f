"""For staff: the register, and what is done about one point."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from kit import clock, kept
from tenants.feedback import actions, queries
from tenants.feedback.actions.locking import latest_round
from tenants.feedback.forms import AssignForm, DecideForm, ProgressForm, SortForm, WordsForm
from tenants.feedback.models import Point
from tenants.feedback.queries import Tab, Who
from tenants.feedback.views.asking import (
    SchemeRequest,
    back_to_point,
    done,
    nothing_left,
    point_or_404,
    readable_or_404,
)
from tenants.feedback.views.choosing import Asked
from tenants.schemes import queries as boundary
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_REGISTER)
def register(request: SchemeRequest) -> HttpResponse:
    """What waits for an answer, soonest due first, and everything else by tabs and filters."""
    asked = Asked.of(request)
    actions.record_reading(by=request.user, what="read a page of the register")
    return render(request, "feedback/register.jinja", {
        "page": queries.register(asked.chosen, page=request.GET.get("page", 1)),
        "tab": asked.chosen.tab, "tabs": Tab, "counts": queries.tab_counts(), "whose": Who, "filters": asked.filters,
        "themes": asked.themes, "groups": asked.groups, "sites": asked.sites, "outcomes": queries.outcome_choices(),
        "team": AssignForm(scheme=request.scheme_here).choices if may(request, Permission.ASSIGN_POINTS) else [],
    })  # fmt: skip


@requires(Permission.SEE_REGISTER)
def point(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """One point: what was said, by whom, its clocks, its rounds, who was told, and what they answered."""
    shown = queries.point_page(point_id)
    if shown is None:
        raise Http404
    actions.record_reading(by=request.user, point=shown.point)
    site = boundary.site(request.scheme_here, shown.point.site_id)
    context = {"shown": shown, "point": shown.point, "site": site, "today": clock.today()}
    return render(request, "feedback/point.jinja", context | {
        "needs": queries.needs_at(shown.point), "who_helps": queries.who_helps_with(shown.point),
        "followed": queries.followed_by(shown.point) if shown.round else None,
    })  # fmt: skip


@requires(Permission.ACKNOWLEDGE_POINTS)
def point_acknowledge(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Say that somebody has seen it; whoever had to sign in again first finds the button on the point's page."""
    point = point_or_404(point_id)
    if request.method == "POST":
        actions.acknowledge(point=point, by=request.user)
        return back_to_point(request, point_id, "You have said that we have seen it.")
    return redirect("feedback:point", point_id)


@requires(Permission.ACKNOWLEDGE_POINTS)
def point_sort(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Say what it is about, where it was, and from which groups it came."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    initial = {"theme": point.theme_id, "site": point.site_id, "groups": list(point.groups.all())}
    form = SortForm(kept.posted_or_kept(request), initial=initial, scheme=request.scheme_here)
    if done(form, lambda: _sort(request, point, form)):
        return back_to_point(request, point_id, "It is sorted.")
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_sort.jinja", {"point": point, "form": form})


@requires(Permission.APPROVE_WORDS)
def point_words(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Write and approve what the public may read."""
    point = readable_or_404(request, point_id)
    if point.is_erased:
        return nothing_left(request, point)
    rests_on = queries.words_may_rest_on(point)
    form = WordsForm(kept.posted_or_kept(request), initial={"words": queries.words_so_far(point)})
    if done(form, lambda: actions.approve_words(point=point, by=request.user, **form.cleaned_data)):
        messages.success(request, "The words are approved. The public reads them once those who said it were told.")
        # An editor has no register to go back to.
        return redirect("feedback:point", point_id) if may(request, Permission.SEE_REGISTER) else redirect("staff")
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_words.jinja", {"point": point, "form": form, "rests_on": rests_on})


@requires(Permission.DECIDE_POINTS)
def point_decide(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Decide about it; what was decided before is replaced knowingly or not at all."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    latest, regard = latest_round(point), actions.standing_regard(point)
    if regard is None and request.method == "GET":
        return redirect("feedback:point_regard", point_id)
    initial = {"owner": str(point.owner_membership_id or "")}
    form = DecideForm(kept.posted_or_kept(request), scheme=request.scheme_here, latest=latest, initial=initial)
    if done(form, lambda: actions.decide(point=point, by=request.user, **form.cleaned_data)):
        return back_to_point(request, point_id, "Your answer is kept. Those who said it are told first.")
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_decide.jinja", {
        "point": point, "latest": latest, "regard": regard, "form": form,
        "others": queries.others_did(point, request.scheme_here),
    })  # fmt: skip


@requires(Permission.REPORT_PROGRESS)
def point_progress(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Say what has been done so far."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = ProgressForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.report_progress(point=point, by=request.user, **form.cleaned_data)):
        return back_to_point(request, point_id, "It is written down.")
    return render(request, "feedback/point_progress.jinja", {"point": point, "form": form})


@requires(Permission.REPORT_PROGRESS)
def point_done(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Say that it is done; those who said it are asked."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = ProgressForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.claim_done(point=point, by=request.user, **form.cleaned_data)):
        return back_to_point(request, point_id, "You have said that it is done. Those who said it are asked.")
    return render(request, "feedback/point_done.jinja", {"point": point, "form": form})


@requires(Permission.SEE_PARTNERS)
def partners(request: SchemeRequest) -> HttpResponse:
    """Which organisation reaches which group, and what that group found (S77, S81)."""
    actions.record_reading(by=request.user, what="read the findings of partner organisations")
    return render(request, "feedback/partners.jinja", {"rows": queries.partner_table()})


@requires(Permission.SEE_REGISTER)
def reach(request: SchemeRequest) -> HttpResponse:
    """Who is reached, and what changed for them, group by group (S12)."""
    return render(request, "feedback/reach.jinja", {"rows": queries.reached_by_group()})


def _sort(request: SchemeRequest, point: Point, form: SortForm) -> None:
    given = form.cleaned_data
    actions.sort(
        point=point, theme=given["theme"], site_id=given["site"], groups=list(given["groups"]), by=request.user
    )

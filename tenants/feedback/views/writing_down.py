"""For staff: writing down what somebody said, and correcting the day it came."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions, queries, slips
from tenants.feedback.actions import Agreement, Saying
from tenants.feedback.forms import DayForm, LogForm
from tenants.feedback.rules import OF_A_PARENT, Basis, Channel, Form, Kind, Method, month_after
from tenants.feedback.views.asking import SchemeRequest, back_to_point, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_POINTS)
def point_log(request: SchemeRequest) -> HttpResponse:
    """Write down what somebody said, with what they agreed to, and give them a slip."""
    form = LogForm(kept.posted_or_kept(request), scheme=request.scheme_here)
    if done(form, lambda: _keep(request, form)):
        return redirect("feedback:point_logged")
    return render(request, "feedback/point_log.jinja", {"form": form})


@requires(Permission.LOG_POINTS)
def point_logged(request: SchemeRequest) -> HttpResponse:
    """The slip to print or to copy by hand, shown for a quarter of an hour at most."""
    if request.method == "POST":
        slips.forget(request)
        return redirect("feedback:register")
    return render(request, "feedback/point_logged.jinja", {"new": slips.kept(request)})


@requires(Permission.LOG_POINTS)
def point_day(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Correct the day on which it came, until there is an answer."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    form = DayForm(kept.posted_or_kept(request), point=point)
    if done(form, lambda: actions.correct_day(point=point, by=request.user, **form.cleaned_data)):
        return back_to_point(request, point_id, "The day it came is written down.")
    actions.record_reading(by=request.user, point=point)
    shown = {"point": point, "form": form, "parts": queries.other_parts_to_correct(point)}
    return render(request, "feedback/point_day.jinja", shown)


def _keep(request: SchemeRequest, form: LogForm) -> None:
    given = form.cleaned_data
    slips.keep(request, _hear(request, form), send=given["send"], on_paper=given["paper"] is not None)


def _hear(request: SchemeRequest, form: LogForm) -> actions.Heard:
    given = form.cleaned_data
    need = Form(given["need"] or Form.PLAIN)
    heard = actions.hear(
        said=given["said"],
        sayers=[_saying(form)],
        method=Method(given["method"]),
        said_on=given["said_on"],
        received_on=given["received_on"],
        how_many=given["how_many"],
        theme=given["theme"],
        site_id=given["site"],
        groups=list(given["groups"]),
        client_key=given["send"],
        logged=True,
        by=request.user,
    )
    for sayer in heard.point.sayers.all():
        actions.write_down_need(sayer=sayer, form=need, words=given["need_words"], by=request.user)
    return heard


def _of_a_parent(given: dict[str, Any]) -> dict[str, Any]:
    """What is written down when a parent agreed; of the day on which the child turns 16 or 18, the month."""
    return {name: given[name] for name in OF_A_PARENT} | {"review_on": month_after(given["turns"])}


def _saying(form: LogForm) -> Saying:
    given = form.cleaned_data
    basis = Basis(given["basis"])
    agreement = Agreement(
        basis=basis,
        explained_how=given["explained_how"],
        **(_of_a_parent(given) if basis == Basis.PARENT else {}),
    )
    return Saying(
        kind=Kind.SLIP,
        paper=given["paper"],
        speaks_for=given["speaks_for"],
        channel=Channel(given["channel"]),
        worker=given["worker"],
        may_publish=given["may_publish"],
        agreement=agreement,
    )

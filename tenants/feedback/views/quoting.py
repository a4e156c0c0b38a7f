"""Words quoted as they were said: staff write them down, and whoever said them takes them back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.forms import QuoteForm
from tenants.feedback.models import Point
from tenants.feedback.views.asking import SchemeRequest, done, nothing_left, own_words_or_404
from tenants.feedback.views.own import own_or_404
from tenants.feedback.views.public import of_slip_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.APPROVE_WORDS)
def point_quotes(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """What is quoted of those who said a point, and the way to quote one of them."""
    point = own_words_or_404(request, point_id)
    if point.is_erased:
        return nothing_left(request, point)
    people = queries.quotable(point)
    form = QuoteForm(kept.posted_or_kept(request), offered=people)
    if done(form, lambda: _quote(request, form)):
        return redirect("feedback:point_quotes", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_quotes.jinja", {
        "point": point, "people": people, "form": form, "is_answered": point.carrier.rounds.exists(),
    })  # fmt: skip


@requires(Permission.APPROVE_WORDS)
def point_quote_end(request: SchemeRequest, point_id: UUID, sayer_id: UUID) -> HttpResponse:
    """Take what is quoted of one of them off the website; asked first."""
    point = own_words_or_404(request, point_id)
    chosen = _quoted_or_404(point, sayer_id)
    if request.method == "POST":
        actions.remove_quote(sayer=chosen.sayer, by=request.user)
        return redirect("feedback:point_quotes", point_id)
    return render(request, "feedback/point_quote_end.jinja", {"point": point, "chosen": chosen})


@requires(Permission.SIGNED_IN)
def my_quote_stop(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Take one's own words off the website; the rest of it stays."""
    own = own_or_404(request, point_id)
    if request.method == "POST":
        actions.take_back_quote(sayer=own.sayer, by=request.user)
        return redirect("feedback:my_point", point_id)
    return render(request, "feedback/my_quote_stop.jinja", {"own": own})


@requires(Permission.ANYONE)
def slip_quote_stop(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """The same with the code of a slip."""
    own = of_slip_or_404(request, point_id)
    if request.method == "POST":
        actions.take_back_quote(sayer=own.sayer, by=None)
        return redirect("feedback:slip_answer")
    return render(request, "feedback/slip_quote_stop.jinja", {"own": own})


def _quote(request: SchemeRequest, form: QuoteForm) -> None:
    given = form.cleaned_data
    actions.quote(sayer=given["sayer"], words=given["words"], explained_how=given["explained_how"], by=request.user)


def _quoted_or_404(point: Point, sayer_id: UUID) -> queries.Quotable:
    found = next((one for one in queries.quotable(point) if one.sayer.pk == sayer_id), None)
    if found is None:
        raise Http404
    return found

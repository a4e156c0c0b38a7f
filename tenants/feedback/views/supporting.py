"""Those who chose somebody to help them, and those who help: each on pages of their own (ADR 0052)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit import kept, tokens
from kit.clock import LONDON
from kit.dates import clock_time
from people.links import first_visit
from people.queries import is_settled, reached_at
from tenants.feedback import actions, limits, queries
from tenants.feedback.errors import FeedbackError
from tenants.feedback.forms import HelpedAnswerForm, SayWithForm, SupporterForm
from tenants.feedback.queries import Helped, Own
from tenants.feedback.views.asking import SchemeRequest, answered, done
from tenants.feedback.views.saying import TOO_MUCH
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

SESSION_KEY = "feedback.support"


@requires(Permission.SIGNED_IN)
@require_GET
def supporters(request: SchemeRequest) -> HttpResponse:
    """Whom somebody chose, what each may do and did."""
    return render(request, "feedback/supporters.jinja", {"helpers": queries.helpers(request.user.pk)})


@requires(Permission.SIGNED_IN)
def supporter_new(request: SchemeRequest) -> HttpResponse:
    """Choose somebody."""
    own = {str(one.point.pk): one for one in queries.mine(request.user.pk) if one.point.said}
    points = [(key, f"Only this: “{queries.first_words(one.point, 60)}”") for key, one in own.items()]
    form = SupporterForm(kept.posted_or_kept(request), points=points)

    def choose() -> None:
        about = own.get(form.cleaned_data["about"])
        actions.choose_supporter(
            person=request.user, point=about.point if about else None, by=request.user, **form.chosen
        )

    if done(form, choose):
        return redirect("feedback:supporters")
    return render(request, "feedback/supporter_new.jinja", {"form": form})


@requires(Permission.SIGNED_IN)
@require_POST
def supporter_end(request: SchemeRequest, supporter_id: UUID) -> HttpResponse:
    """Take it back, at once."""
    supporter = queries.chosen_by(request.user.pk, supporter_id)
    if supporter is None:
        raise Http404
    actions.end_support(supporter=supporter, by=request.user)
    return redirect("feedback:supporters")


@requires(Permission.SIGNED_IN)
@require_GET
def support_open(request: SchemeRequest, token: str) -> HttpResponse:
    """The link in the message: its secret leaves the address at once."""
    request.session[SESSION_KEY] = tokens.fingerprint(token)
    response = redirect("feedback:support_join")
    response["Referrer-Policy"] = "no-referrer"
    return response


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def support_join(request: SchemeRequest) -> HttpResponse:
    """What somebody is asked to help with; then say yes."""
    token_hash = str(request.session.get(SESSION_KEY, ""))
    refused: FeedbackError | None = None
    found = queries.invited_to_help(token_hash)
    theirs = found is not None and found.sent_to in reached_at(request.user)
    if theirs and not is_settled(request.user):
        # Whom they help sees their name.
        return redirect(first_visit(request.scheme_here, request.path))
    if request.method == "POST":
        try:
            actions.accept_support(token_hash=token_hash, reached_at=reached_at(request.user), by=request.user)
            return redirect("feedback:support")
        except FeedbackError as error:
            refused = error
    context = {"invitation": found if theirs else None, "refused": refused, "for_another": found and not theirs}
    return render(request, "feedback/support_join.jinja", context, status=200 if theirs and not refused else 410)


@requires(Permission.SIGNED_IN)
@require_GET
def support(request: SchemeRequest) -> HttpResponse:
    """Everybody whom one helps here."""
    found = queries.helped(request.scheme_here, request.user.pk)
    return render(request, "feedback/support.jinja", {"found": found})


@requires(Permission.SIGNED_IN)
@require_POST
def support_stop(request: SchemeRequest, supporter_id: UUID) -> HttpResponse:
    """Help no longer."""
    actions.end_support(supporter=_helped_or_404(request, supporter_id).supporter, by=request.user)
    return redirect("feedback:support")


@requires(Permission.SIGNED_IN)
def support_say(request: SchemeRequest, supporter_id: UUID) -> HttpResponse:
    """Write down what somebody says, beside them."""
    helped = _helped_or_404(request, supporter_id)
    if not helped.supporter.may_say:
        raise Http404
    form = SayWithForm(kept.posted_or_kept(request), name=helped.name)
    if form.is_valid() and not limits.may_tell(request):
        form.refuse(TOO_MUCH.format(again=clock_time(limits.again_at().astimezone(LONDON))))
    elif done(form, lambda: _say(request, helped, form)):
        return redirect("feedback:support")
    return render(request, "feedback/support_say.jinja", {"helped": helped, "form": form})


@requires(Permission.SIGNED_IN)
@require_GET
def supported_point(request: SchemeRequest, supporter_id: UUID, point_id: UUID) -> HttpResponse:
    """What somebody said and the answer to it, for whoever helps them."""
    helped = _helped_or_404(request, supporter_id)
    own = _point_or_404(helped, point_id)
    return _show(request, helped, own, HelpedAnswerForm.of(own.point, helped.name))


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def supported_confirm(request: SchemeRequest, supporter_id: UUID, point_id: UUID) -> HttpResponse:
    """Send somebody's own answer to "did it change?"."""
    helped = _helped_or_404(request, supporter_id)
    own = _point_or_404(helped, point_id)
    form = HelpedAnswerForm.of(own.point, helped.name, kept.posted_or_kept(request))
    if answered(form, own.sayer.pk, lambda: _confirm(request, helped, own, form)):
        return redirect("feedback:supported_point", supporter_id, point_id)
    return _show(request, helped, own, form)


def _say(request: SchemeRequest, helped: Helped, form: SayWithForm) -> None:
    given = form.cleaned_data
    actions.say_with(supporter=helped.supporter, said=given["said"], client_key=given["send"], by=request.user)


def _confirm(request: SchemeRequest, helped: Helped, own: Own, form: HelpedAnswerForm) -> None:
    answer = form.cleaned_data["answer"]
    actions.confirm_with(supporter=helped.supporter, sayer=own.sayer, answer=answer, by=request.user)


def _show(request: SchemeRequest, helped: Helped, own: Own, form: HelpedAnswerForm) -> HttpResponse:
    actions.read_with(supporter=helped.supporter, point=own.point, by=request.user)
    context: dict[str, Any] = {"helped": helped, "own": own, "form": form}
    return render(request, "feedback/supported_point.jinja", context)


def _helped_or_404(request: SchemeRequest, supporter_id: UUID) -> Helped:
    helped = queries.helped_one(request.scheme_here, request.user.pk, supporter_id)
    if helped is None:
        raise Http404
    return helped


def _point_or_404(helped: Helped, point_id: UUID) -> Own:
    for own in helped.points:
        if own.point.pk == point_id:
            return own
    raise Http404

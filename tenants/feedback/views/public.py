"""For anyone: read the answer with the code on a slip."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_POST, require_safe

from kit import codes
from kit.languages import first_page
from tenants.feedback import actions, limits, slips
from tenants.feedback.forms import AnswerForm, ReplyForm, SlipForm
from tenants.feedback.queries import Own, asked_by_code, by_fingerprint
from tenants.feedback.views.asking import answered
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

NOT_FOUND = N_("We cannot find this code here. Check that each word is right, and that this is the site on your slip.")


@requires(Permission.ANYONE)
def slip(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip. A code of another scheme, and one that never was, get the same answer."""
    form = SlipForm(request.POST or None)
    if form.is_bound and not limits.may_try(request):
        form.refuse(limits.TOO_MANY)
    elif form.is_valid():
        opens = _open_with(request, codes.fingerprint(form.cleaned_data["code"]))
        if opens:
            return redirect(opens)
        form.refuse(NOT_FOUND, "code")
    return render(request, "feedback/slip.jinja", {"form": form})


@requires(Permission.ANYONE)
def slip_answer(request: HttpRequest) -> HttpResponse:
    """What became of what this slip's holder said."""
    found = by_fingerprint(slips.opened(request))
    if not found:
        return redirect("feedback:slip")
    asked = [(own, AnswerForm.about(own.point), ReplyForm.about(own.point)) for own in found]
    return render(request, "feedback/slip_answer.jinja", {"asked": asked})


@requires(Permission.ANYONE)
@require_POST
def slip_confirm(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Answer "did it change?" for one point of the slip."""
    own = of_slip_or_404(request, point_id)
    form = AnswerForm.about(own.point, request.POST)
    if answered(form, own.sayer.pk, lambda: actions.confirm(sayer=own.sayer, by=None, **form.cleaned_data)):
        return redirect("feedback:slip_answer")
    asked = [(own, form, ReplyForm.about(own.point))]
    return render(request, "feedback/slip_answer.jinja", {"asked": asked, "form": form})


@requires(Permission.ANYONE)
def slip_stop(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Take the words off the website."""
    own = of_slip_or_404(request, point_id)
    if request.method == "POST":
        actions.stop_publishing(sayer=own.sayer, by=None)
        return redirect("feedback:slip_answer")
    return render(request, "feedback/slip_stop.jinja", {"own": own})


@requires(Permission.ANYONE)
def slip_take_back(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Take back one point: the words, and every agreement. Only the code is needed."""
    own = of_slip_or_404(request, point_id)
    actions.check_is_here(own.point)
    if request.method == "POST":
        actions.take_back(sayer=own.sayer, by=None)
        return redirect("feedback:slip_taken_back")
    more = len(by_fingerprint(slips.opened(request))) > 1
    return render(request, "feedback/slip_take_back.jinja", {"own": own, "more": more})


@requires(Permission.ANYONE)
@require_safe
def slip_taken_back(request: HttpRequest) -> HttpResponse:
    """Say that it is gone."""
    return render(request, "feedback/slip_taken_back.jinja", {"more": bool(by_fingerprint(slips.opened(request)))})


@requires(Permission.ANYONE)
@require_POST
def slip_close(request: HttpRequest) -> HttpResponse:
    """Close the slip on this device and forget a new code, for whoever shares it."""
    slips.close(request)
    slips.forget(request)
    return redirect(first_page())


def _open_with(request: HttpRequest, fingerprint: str) -> str:
    """Open what a code opens, and say on which page; the same is asked of the database for every code that opens
    nothing."""
    found, asked_id = by_fingerprint(fingerprint), asked_by_code(fingerprint)
    if found:
        slips.open_with(request, fingerprint)
        return "feedback:slip_answer"
    if asked_id:
        slips.open_question(request, asked_id)
        return "feedback:slip_asked"
    return ""


def of_slip_or_404(request: HttpRequest, point_id: UUID) -> Own:
    """One point of the slip that is open here; any other is not found."""
    own = next((one for one in by_fingerprint(slips.opened(request)) if one.point.pk == point_id), None)
    if own is None:
        raise Http404
    return own

"""For those with an account: what became of what they said."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kit import kept
from people.actions import read_notice
from tenants.feedback import actions, queries
from tenants.feedback.forms import AnswerForm, ReplyForm
from tenants.feedback.views.asking import SchemeRequest, answered
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SIGNED_IN)
def mine(request: SchemeRequest) -> HttpResponse:
    """Everything one person said here."""
    context = {"found": queries.mine(request.user.pk), "helps_anybody": queries.helps_anybody(request.user.pk)}
    return render(request, "feedback/mine.jinja", context)


@requires(Permission.SIGNED_IN)
def my_point(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """One point of theirs, with the answer, and the question whether it changed."""
    own = own_or_404(request, point_id)
    for round_ in own.point.carrier.rounds.all():
        read_notice(person_id=request.user.pk, kind="answer", key=str(round_.pk))
    for question, _ in own.questions:
        read_notice(person_id=request.user.pk, kind="question", key=str(question.pk))
    return _show(request, own, AnswerForm.about(own.point))


@requires(Permission.SIGNED_IN)
def my_point_confirm(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Answer "did it change?"."""
    own = own_or_404(request, point_id)
    form = AnswerForm.about(own.point, kept.posted_or_kept(request))
    if answered(form, own.sayer.pk, lambda: _confirm(request, own, form)):
        return redirect("feedback:my_point", point_id)
    return _show(request, own, form)


@requires(Permission.SIGNED_IN)
def my_point_stop(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Take the words off the website."""
    own = own_or_404(request, point_id)
    if request.method == "POST":
        actions.stop_publishing(sayer=own.sayer, by=request.user)
        return redirect("feedback:my_point", point_id)
    return render(request, "feedback/my_point_stop.jinja", {"own": own})


@requires(Permission.SIGNED_IN)
def my_point_take_back(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Take back one point: the words, and every agreement; no less than whoever has a slip can."""
    own = own_or_404(request, point_id)
    actions.check_is_here(own.point)
    if request.method == "POST":
        actions.take_back(sayer=own.sayer, by=request.user)
        return redirect("feedback:my_point_taken_back")
    return render(request, "feedback/my_point_take_back.jinja", {"own": own})


@requires(Permission.SIGNED_IN)
@require_safe
def my_point_taken_back(request: SchemeRequest) -> HttpResponse:
    """Say that it is gone."""
    return render(request, "feedback/my_point_taken_back.jinja")


def _confirm(request: SchemeRequest, own: queries.Own, form: AnswerForm) -> None:
    confirmation = actions.confirm(sayer=own.sayer, by=request.user, **form.cleaned_data)
    read_notice(person_id=request.user.pk, kind="did_it_change", key=str(confirmation.round_id))


def own_or_404(request: SchemeRequest, point_id: UUID) -> queries.Own:
    """One point of theirs; any other is not found."""
    own = queries.mine_at(request.user.pk, point_id)
    if own is None:
        raise Http404
    return own


def _show(request: SchemeRequest, own: queries.Own, form: AnswerForm) -> HttpResponse:
    return render(request, "feedback/my_point.jinja", {
        "own": own, "form": form, "answer_form": form, "reply_form": ReplyForm.about(own.point),
    })  # fmt: skip

"""Staff ask for more words; those who said it answer on their page, or with the code of their slip."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kit import kept
from people.actions import read_notice
from tenants.feedback import actions
from tenants.feedback.forms import AnswerForm, AskForm, ReplyForm
from tenants.feedback.models import Question
from tenants.feedback.queries import Own
from tenants.feedback.views.asking import SchemeRequest, done, point_or_404
from tenants.feedback.views.own import own_or_404
from tenants.feedback.views.public import of_slip_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ACKNOWLEDGE_POINTS)
def point_ask(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Ask those who said it a question."""
    point = point_or_404(point_id)
    form = AskForm(kept.posted_or_kept(request))
    if done(
        form,
        lambda: actions.ask_for_words(
            point=point, words=form.cleaned_data["words"], client_key=form.cleaned_data["send"], by=request.user
        ),
    ):
        return redirect("feedback:point", point_id)
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_ask.jinja", {"point": point, "form": form})


@requires(Permission.SIGNED_IN)
def my_point_reply(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Answer a question about what one said."""
    own = own_or_404(request, point_id)
    form = ReplyForm.about(own.point, kept.posted_or_kept(request))
    if done(form, lambda: _reply(own, form, request)):
        return redirect("feedback:my_point", point_id)
    return render(request, "feedback/my_point.jinja", {
        "own": own, "form": form, "answer_form": AnswerForm.about(own.point), "reply_form": form,
    })  # fmt: skip


@requires(Permission.ANYONE)
@require_POST
def slip_reply(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """The same with a slip, without signing in."""
    own = of_slip_or_404(request, point_id)
    form = ReplyForm.about(own.point, request.POST)
    if done(form, lambda: actions.reply(sayer=own.sayer, question=_asked(own, form), words=_words(form), by=None)):
        return redirect("feedback:slip_answer")
    shown = [(own, AnswerForm.about(own.point), form)]
    return render(request, "feedback/slip_answer.jinja", {"asked": shown, "form": form})


def _reply(own: Own, form: ReplyForm, request: SchemeRequest) -> None:
    question = _asked(own, form)
    actions.reply(sayer=own.sayer, question=question, words=_words(form), by=request.user)
    if question:
        # Whoever answers on a page that stood open has seen the question, too.
        read_notice(person_id=request.user.pk, kind="question", key=str(question.pk))


def _asked(own: Own, form: ReplyForm) -> Question | None:
    return next((one for one, _ in own.questions if one.pk == form.cleaned_data["question"]), None)


def _words(form: ReplyForm) -> str:
    words: str = form.cleaned_data["words"]
    return words

"""The question whether something changed, without signing in: by the link of a message, or the code of a letter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from kit import clock, kept, paper
from tenants.feedback import actions, queries, slips
from tenants.feedback.errors import NoLetter
from tenants.feedback.forms import AnswerForm, AskingForm
from tenants.feedback.rules import QUESTION_OPEN, Channel
from tenants.feedback.views.asking import SchemeRequest, answered, done
from tenants.feedback.views.telling import address_of
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


def ask(request: HttpRequest, asked_id: UUID | None) -> HttpResponse:
    """Show the question and take an answer. Opening it answers nothing: programs open every link of a message."""
    question = queries.open_question(asked_id) if asked_id else None
    if question is None:
        return render(request, "feedback/asked_over.jinja", status=404)
    form = AnswerForm(request.POST or None)
    if answered(form, question.one.sayer_id, lambda: actions.answer_asked(asked=question.one, **form.cleaned_data)):
        return redirect(request.path)
    return render(request, "feedback/asked.jinja", {"question": question, "form": form})


@requires(Permission.ANYONE)
def slip_asked(request: HttpRequest) -> HttpResponse:
    """The question that the code of a letter opened in this browser."""
    asked_id = slips.question_opened(request)
    return ask(request, asked_id) if asked_id else redirect("feedback:slip")


@requires(Permission.TELL_PEOPLE)
@require_POST
def asking_letter(request: SchemeRequest, asked_id: UUID) -> HttpResponse:
    """The letter that asks, ready to fold; who wants none any more is told of on the page this leads back to."""
    asked = get_object_or_404(queries.tasks_of_asking(), pk=asked_id)
    question = queries.open_question(asked.pk)
    try:
        if question is None:
            raise NoLetter("This question is over.")
        made = actions.make_asking_letter(question=question, scheme=request.scheme_here, by=request.user)
    except NoLetter:
        return redirect("feedback:asking_end", asked.pk)
    return paper.as_download(made, f"letter-{clock.today().isoformat()}.pdf")


@requires(Permission.TELL_PEOPLE)
@require_POST
def asking_code(request: SchemeRequest, asked_id: UUID) -> HttpResponse:
    """Let a code work for the whole time again, before somebody gets it."""
    asked = get_object_or_404(queries.tasks_of_asking().exclude(code=""), pk=asked_id)
    actions.renew_code(asked=asked, by=request.user)
    return redirect("feedback:asking_end", asked.pk)


@requires(Permission.TELL_PEOPLE)
def asking_end(request: SchemeRequest, asked_id: UUID) -> HttpResponse:
    """For staff: what to write to somebody, or to give to whoever works with them, and that it was done."""
    asked = get_object_or_404(queries.tasks_of_asking(), pk=asked_id)
    form = AskingForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.end_asking(asked=asked, how=form.cleaned_data["what"], by=request.user)):
        return redirect("feedback:telling")
    by_letter = asked.channel == Channel.LETTER
    address = address_of(request, asked.sayer, asked.round.point) if by_letter else ""
    actions.record_reading(by=request.user, what="read how somebody is to be asked", point=asked.round.point)
    return render(request, "feedback/asking_end.jinja", {
        "asked": asked, "form": form, "code": actions.code_of(asked) if asked.code_works else "",
        "question": queries.open_question(asked.pk), "needs": queries.need_in_words(asked.sayer), "address": address,
        "days": QUESTION_OPEN,
        "by_letter": by_letter, "can_write": by_letter and asked.code and (address or asked.sayer.person_id is None),
    })  # fmt: skip

"""For staff: people who could not be told without somebody's help."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.forms import TellingForm
from tenants.feedback.models import Told
from tenants.feedback.rules import TellingState
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

WAYS = {"told": actions.end_telling, "posted": actions.post_letter, "again": actions.retry_telling}


@requires(Permission.TELL_PEOPLE)
def telling(request: SchemeRequest) -> HttpResponse:
    """Letters to post, and messages that did not arrive."""
    return render(request, "feedback/telling.jinja", {"tasks": queries.tasks_of_telling()})


@requires(Permission.TELL_PEOPLE)
def telling_end(request: SchemeRequest, told_id: UUID) -> HttpResponse:
    """Say how somebody was told."""
    told = get_object_or_404(queries.tasks_of_telling(), pk=told_id)
    form = _form(request, told)
    if done(form, lambda: WAYS[form.cleaned_data["what"]](told=told, by=request.user)):
        return redirect("feedback:telling")
    return render(request, "feedback/telling_end.jinja", {"told": told, "form": form})


def _form(request: SchemeRequest, told: Told) -> TellingForm:
    return TellingForm(
        kept.posted_or_kept(request),
        failed=told.state == TellingState.FAILED,
        by_person=told.sayer.person_id is not None,
    )

"""For staff: asking a young person themselves what a parent agreed to for them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.forms import YoungForm
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.TELL_PEOPLE)
def young(request: SchemeRequest, sayer_id: UUID) -> HttpResponse:
    """Write down what they say themselves, at 16 or at 18."""
    sayer = get_object_or_404(queries.agreed_for_by_a_parent(), pk=sayer_id)
    form = YoungForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.ask_the_young(sayer=sayer, by=request.user, **form.cleaned_data)):
        return redirect("staff")
    actions.record_reading(by=request.user, point=sayer.point)
    return render(request, "feedback/young.jinja", {"sayer": sayer, "form": form})

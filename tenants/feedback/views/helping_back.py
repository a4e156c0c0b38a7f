"""Staff help somebody back into their account, face to face (ADR 0046)."""

from django.http import HttpResponse
from django.shortcuts import render

from people.actions import give_recovery_code
from people.errors import PeopleRefused
from tenants.feedback import queries
from tenants.feedback.forms.helping_back import HelpBackInForm
from tenants.feedback.views.asking import SchemeRequest
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.TELL_PEOPLE)
def help_back_in(request: SchemeRequest) -> HttpResponse:
    """A code to hand over: staff learn neither whether there is an account nor anything in it."""
    form = HelpBackInForm(request.POST or None)
    if form.is_valid():
        try:
            code = give_recovery_code(
                typed=form.cleaned_data["typed"], is_known=queries.has_said_something, by=request.user
            )
            return render(request, "feedback/help_back_in_code.jinja", {"code": code})
        except PeopleRefused as refused:
            form.refuse(refused)
    return render(request, "feedback/help_back_in.jinja", {"form": form})

"""A password of one's own: a first one, or another; the person is told on every way in that they have."""

from typing import Any

from allauth.account.views import PasswordChangeView, PasswordSetView
from django.db import transaction
from django.http import HttpResponse

from people import actions
from people.here import me


class SetPassword(PasswordSetView):
    """A first password, by somebody who signs in by code."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            actions.password_chosen(person=me(self.request), by=me(self.request))
            return super().form_valid(form)


class ChangePassword(PasswordChangeView):
    """Another password, by somebody who knows the old one."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            actions.password_chosen(person=me(self.request), by=me(self.request))
            return super().form_valid(form)

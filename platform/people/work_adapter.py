"""Whom a work account opens an account for, and in which words everybody else is turned away."""

from typing import Any, NoReturn

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.shortcuts import render

from people import actions, work
from people.errors import PeopleRefused
from tenants.schemes import second_step

STOPPED = "You stopped before the end. You can try again, or sign in another way."
AWAY = "We cannot reach it just now. Wait a few minutes, or sign in another way."
NOT_FINISHED = "That sign-in could not be finished. Nothing was changed. Start again, or sign in another way."


def turn_away(request: HttpRequest, why: str, *, status: int) -> NoReturn:
    """A plain page that says what to do."""
    raise ImmediateHttpResponse(render(request, "people/work_refused.jinja", {"why": why}, status=status))


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    """What we change of allauth."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in who used the account before, who has its address here, or who is invited at it; nobody else."""
        if not work.belongs_here(sociallogin):
            turn_away(request, NOT_FINISHED, status=403)
        said = work.said(sociallogin)
        try:
            account = actions.find_by_work_account(uid=sociallogin.account.uid, email=said.email, name=said.name)
        except PeopleRefused as refused:
            turn_away(request, str(refused), status=403)
        sociallogin.account, sociallogin.user = account, account.user
        second_step.mark(request, person_id=account.user.pk, how="work" if said.second_step else "")

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """An account is not filled in from what a provider says: people say themselves what to call them."""
        return sociallogin.user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An invitation opens an account; a work account alone does not."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Said in our words: they stopped, it is away, or something was not as it should be."""
        if error == AuthError.CANCELLED:
            turn_away(request, STOPPED, status=401)
        if isinstance(exception, requests.RequestException):
            turn_away(request, AWAY, status=503)
        turn_away(request, NOT_FINISHED, status=401)

"""Sign in with a work account: to its provider, and back."""

import secrets
from typing import Any

import requests
from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from people import hosts, work
from people.views.crossing import move_on
from people.work_adapter import AWAY, turn_away
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


class SignIn(LoginView):
    """The page of signing in, with every way that there is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"work_account": work.name_of_provider()}


@requires(Permission.ANYONE)
@require_POST
def work_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask the provider who this is; its answer must carry what we made up for this one question."""
    if not work.name_of_provider():
        raise Http404
    provider, nonce = work.provider(request), secrets.token_urlsafe(32)
    try:
        answer = provider.redirect(
            request,
            process="login",
            next_url=hosts.own_path(request.POST.get("next"), "/my/"),
            data={"nonce": nonce},
            auth_params=provider.get_auth_params() | {"nonce": nonce},
        )
    except requests.RequestException:
        try:
            turn_away(request, AWAY, status=503)
        except ImmediateHttpResponse as page:
            return page.response
    return move_on(request, answer.url)


@requires(Permission.ANYONE)
@require_GET
def work_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider answers."""
    if not work.name_of_provider():
        raise Http404
    answer: HttpResponse = OAuth2CallbackView.adapter_view(work.WorkAdapter(request, provider_id))(request)
    return answer

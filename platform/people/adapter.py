"""How allauth behaves here: neutral messages, plain words, and no way on to anybody else's site."""

import ipaddress
import logging
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from kit import mail
from people.fresh import proved_lately
from people.hosts import own_path
from people.mails import mail_for

logger = logging.getLogger(__name__)

WRONG = "The email address or the password is not right. Check both, or ask for a code"
TOO_OFTEN = "That was tried too often. Wait 5 minutes, then try again"
STAGES = {"allauth.mfa.stages.AuthenticateStage": "people.stages.SecondStep"}
AGAIN = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """What we change of allauth."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed",
        "email_password_mismatch": WRONG,
        "enter_current_password": "This is not your password. Type the one you use now",
        "incorrect_code": "That code is not right. Check the newest message we sent, or ask for a new code",
        "incorrect_password": "That password is not right",
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our own plain messages; where no message can go out, say so instead of failing."""
        addresses = {"signin_url": f"{settings.PLATFORM_ORIGIN}{reverse('account_login')}"}
        subject, words = mail_for(template_prefix.rpartition("/")[2], addresses | context)
        try:
            mail.send(key=f"account:{uuid4()}", to=email, subject=subject, words=words)
        except OSError as error:
            logger.warning("a sign-in message could not be sent: %s", type(error).__name__)
            page = render(self.request, "account/no_mail.jinja", status=503)
            raise ImmediateHttpResponse(page) from error

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what went wrong is said; that somebody signed in they see from the page they come to."""
        if message:
            messages.add_message(request, level, str(message), extra_tags=extra_tags)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may make an account: it gives no right but to their own page."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted together: one address, or what one household is given of IPv6."""
        address = super().get_client_ip(request)
        try:
            given = ipaddress.ip_address(address)
        except ValueError:
            return address
        if given.version == 4:
            return address
        if given.ipv4_mapped:
            return str(given.ipv4_mapped)
        return str(ipaddress.ip_network((given, 64), strict=False).network_address)

    def is_safe_url(self, url: str | None) -> bool:
        """Sign-in leads on within the platform's host only; from there a hand-off leads to a scheme's."""
        return own_path(url, "") != ""

    def get_login_stages(self) -> list[str]:
        """The second step is not asked for again of whoever showed one where they work."""
        return [STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asked again before something about signing in is changed, unless one signed in a moment ago."""
        return not proved_lately(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By a second step where there is one: a password that was read over a shoulder must not add another."""
        methods = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return [method | {"description": AGAIN[method["id"]]} for method in reversed(stronger or methods)]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the link stood."""
        return reverse("my_details")

"""The provider of work accounts: where people are sent to, and what it must say of them before they are let in."""

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

PROVIDER = "work"


@dataclass(frozen=True, slots=True)
class Said:
    """What the provider says of somebody; an address only where it says that it is theirs."""

    email: str
    name: str
    second_step: bool


class WorkAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's, with a signature that is always checked, by the issuer that was set, for this very sign-in."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Nothing of what the provider says is kept but its number for the person."""
        if "id_token" not in kwargs["response"]:
            raise OAuth2Error("no id_token")
        login = super().complete_login(request, app, token, **kwargs)
        login.claims, login.account.extra_data = login.account.extra_data, {}
        if login.claims.get("userinfo", {}).get("sub", login.account.uid) != login.claims["id_token"]["sub"]:
            raise OAuth2Error("userinfo is about somebody else")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        # Discovery may be answered by somebody who stands in between: the issuer is the one we were told of.
        if config["issuer"].rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("another issuer")
        said: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=config["jwks_uri"],
            issuer=config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return said


def name_of_provider() -> str:
    """What the button calls it; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def provider(request: HttpRequest) -> Any:
    """The provider that was set."""
    return get_adapter(request).get_provider(request, provider=PROVIDER)


def belongs_here(login: SocialLogin) -> bool:
    """Whether the provider answers the question that this browser asked, and no other."""
    asked = str((login.state.get("data") or {}).get("nonce", ""))
    return bool(asked) and constant_time_compare(str(login.claims["id_token"].get("nonce", "")), asked)


def said(login: SocialLogin) -> Said:
    """What it says; how sure it is stands in what it signed alone."""
    signed = login.claims["id_token"]
    about = signed | login.claims.get("userinfo", {})
    ways = {str(signed.get("acr", "")), *map(str, signed.get("amr") or ())}
    shown = about.get("email") if about.get("email_verified") is True else ""
    return Said(
        email=str(shown or "").strip().lower(),
        name=str(about.get("name", ""))[:120],
        second_step=bool(ways & settings.WORK_SECOND_STEP),
    )

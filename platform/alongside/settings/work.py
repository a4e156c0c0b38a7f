"""Staff who sign in with the account of their organisation, by OpenID Connect (ADR 0045); off where it is not set."""

import os
from typing import Any


def work_provider(*, issuer: str, client: str, secret: str, name: str, acr: str) -> dict[str, Any]:
    """What allauth is told of the provider: asked by code with PKCE, for a name, an address and how sure it is."""
    app = {
        "provider_id": "work",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": issuer,
            "oauth_pkce_enabled": True,
            "auth_params": {"acr_values": acr} if acr else {},
        },
    }
    return {"openid_connect": {"APPS": [app] if issuer else []}}


SOCIALACCOUNT_PROVIDERS = work_provider(
    issuer=os.environ.get("ALONGSIDE_OIDC_ISSUER", ""),
    client=os.environ.get("ALONGSIDE_OIDC_CLIENT", ""),
    secret=os.environ.get("ALONGSIDE_OIDC_SECRET", ""),
    name=os.environ.get("ALONGSIDE_OIDC_NAME", "your work account"),
    acr=os.environ.get("ALONGSIDE_OIDC_ACR", ""),
)
# Which values of `acr` or `amr` say that somebody showed a second step there; with none, ours is asked as well.
WORK_SECOND_STEP = frozenset(os.environ.get("ALONGSIDE_OIDC_SECOND_STEP", "").split())
SOCIALACCOUNT_ADAPTER = "people.work_adapter.WorkAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False

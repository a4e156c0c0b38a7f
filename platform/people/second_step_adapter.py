"""How allauth's second steps behave here: secrets encrypted at rest, passkeys of the platform's host, our words."""

import base64
import secrets
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from kit import secrecy

PURPOSE = "people.second_step"
NAME = "Alongside"
WRONG_CODE = "That code is not right. Wait for the next one in your app, and type it without spaces"


class SecondStepAdapter(DefaultMFAAdapter):
    """What we change of allauth."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Show first that your email address is yours: sign in once with a code that we send you",
    }

    def encrypt(self, text: str) -> str:
        """The secret of an app, or that from which recovery codes are made, as it stands in the table."""
        return secrecy.encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; one written with a key that is gone is replaced by one that nobody knows."""
        try:
            return secrecy.decrypt(encrypted_text, purpose=PURPOSE)
        except secrecy.Unreadable:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        """The name that an app shows: neutral, as all our names are (S2)."""
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the platform's host, on which everybody signs in (ADR 0004)."""
        return {"id": settings.PLATFORM_HOST, "name": NAME}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called where nobody gave it a name."""
        return "Passkey"

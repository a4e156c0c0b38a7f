"""The forms that carry what a browser says about a passkey; it must say it on the platform's own pages."""

import base64
import binascii
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth
from django.conf import settings
from django.core.exceptions import ValidationError

from kit.fields import Text
from kit.forms import Form

WRONG = "That passkey does not work here. Try again, or use another way to sign in"


@contextmanager
def _in_words_about_passkeys() -> Iterator[None]:
    """allauth says of a passkey what it says of a code."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(WRONG) if error.code == "incorrect_code" else error from None


class OnOurPages(Form):
    """Refuses what was said on any other page, such as that of a scheme's host or of a subdomain that nobody minds.

    Browsers let every subdomain ask for a passkey of the platform, and the passkey signs where it was asked.
    """

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        with _in_words_about_passkeys():
            if _origin_of(credential) != settings.PLATFORM_ORIGIN:
                raise get_adapter().validation_error("incorrect_code")
            further = getattr(super(), "clean_credential", None)
            return further() if further else credential

    def clean(self) -> Any:
        with _in_words_about_passkeys():
            return super().clean()


class AddPasskeyForm(OnOurPages, allauth.AddWebAuthnForm):
    """A new passkey, with a name by which its owner knows it."""

    name = Text(
        "What is it on?",
        hint="Such as: my phone. You see this name when you look at your passkeys.",
        required=False,
        max_length=60,
        width=20,
    )
    # Each passkey of ours signs in alone, so there is nothing to choose.
    passwordless = None


class SignInByPasskeyForm(OnOurPages, allauth.LoginWebAuthnForm):
    """Signing in with nothing else."""

    def clean_credential(self) -> Any:
        authenticator = super().clean_credential()
        if not authenticator.user.is_active:
            raise ValidationError(WRONG)
        return authenticator


class StepByPasskeyForm(OnOurPages, allauth.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class PasskeyAgainForm(OnOurPages, allauth.ReauthenticateWebAuthnForm):
    """The same, before something about signing in is changed."""


def _origin_of(credential: Any) -> str:
    """On which page a browser says that it was asked."""
    try:
        said = credential["response"]["clientDataJSON"]
        return str(json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))["origin"])
    except (binascii.Error, KeyError, TypeError, ValueError):
        return ""

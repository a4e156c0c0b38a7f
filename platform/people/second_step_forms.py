"""The forms of the second step, with fields that draw themselves as NHS components; a code of an app works once."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth
from allauth.mfa.totp import forms as totp

from kit import counting, tokens
from kit.fields import Text
from kit.forms import Form

# Longer than a code can be right: its own half minute, and one before and after for clocks that differ.
REMEMBERED = 5 * 60


def code_field(label: str, hint: str) -> Text:
    """Six figures of an app, or a recovery code."""
    return Text(
        label,
        hint=hint,
        required_error="Enter the code",
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
        width=10,
        max_length=40,
    )


class OnceOnly(Form):
    """A code that was right is right no second time, wherever it was used: to set the step up, or to sign in."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        used = tokens.fingerprint(f"{self.user.pk}:{normalize_user_code(code)}")
        if counting.count(f"people.second_step:{used}", seconds=REMEMBERED) > 1:
            raise get_adapter().validation_error("incorrect_code")
        return code


class StepForm(OnceOnly, allauth.AuthenticateForm):
    """The second step of signing in, by code."""

    code = code_field("Code from your app", "Six figures. If you do not have your app, type a recovery code.")


class StepAgainForm(OnceOnly, allauth.ReauthenticateForm):
    """The same, before something about signing in is changed."""

    code = code_field("Code from your app", "Six figures. If you do not have your app, type a recovery code.")


class AddAppForm(OnceOnly, totp.ActivateTOTPForm):
    """The first code of an app, which shows that it was set up right."""

    code = code_field("Code from your app", "The app shows six figures. They change every half minute.")

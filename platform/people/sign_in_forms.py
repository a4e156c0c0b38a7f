"""allauth's forms with fields that draw themselves as NHS components, in our words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter

from kit.fields import Email, Password, Text
from kit.forms import Form
from people.models import Person


class LowEmail(Email):
    """An address in small letters: nobody has two accounts that differ in capitals."""

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).strip().lower()


class NewPassword(Password):
    """A password to be, checked against what makes a bad one."""

    user: Person | None = None

    def __init__(self, label: str = "New password") -> None:
        super().__init__(
            label, autocomplete="new-password", hint="Use at least 12 characters. Three words in a row are good."
        )

    def clean(self, value: Any) -> str:
        password: str = get_adapter().clean_password(super().clean(value), user=self.user)
        return password


def code_field() -> Text:
    """The code from a message."""
    return Text(
        "Code",
        hint="It looks like BCDF-GHJK. Small or capital letters do not matter.",
        required_error="Enter the code from our message",
        autocomplete="one-time-code",
        spellcheck=False,
        width=10,
        max_length=40,
    )


class SignInForm(allauth.LoginForm, Form):
    """Address and password."""

    password = Password("Password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = LowEmail("Email address")
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        # allauth takes the field away where signing up asks for no password; here one may be set later.
        pass


class AskForCodeForm(allauth.RequestLoginCodeForm, Form):
    """The address a code is sent to."""

    email = LowEmail("Email address")


class CodeForm(allauth.ConfirmLoginCodeForm, Form):
    """The code that signs in."""

    code = code_field()


class TextCodeForm(Form):
    """The number a code is sent to."""

    number = Text(
        "Mobile number",
        required_error="Enter your mobile number",
        autocomplete="tel",
        inputmode="tel",
        width=20,
        max_length=30,
    )


class ConfirmAddressForm(allauth.ConfirmEmailVerificationCodeForm, Form):
    """The code that shows an address to be somebody's own."""

    code = code_field()


class SignUpForm(allauth.SignupForm, Form):
    """The address of a new account; all else is asked later, one thing at a time."""

    email = LowEmail("Email address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Email address"


class AskForResetForm(allauth.ResetPasswordForm, Form):
    """The address of somebody who forgot their password."""

    email = LowEmail("Email address")


class ResetCodeForm(allauth.ConfirmPasswordResetCodeForm, Form):
    """The code that lets one choose a new password."""

    code = code_field()


class NewPasswordForm(allauth.ResetPasswordKeyForm, Form):
    """The new password of somebody who forgot the old one."""

    password1 = NewPassword()
    password2 = None  # the field shows what is typed, so that it need not be typed twice


class ChangePasswordForm(allauth.ChangePasswordForm, Form):
    """Another password, by somebody who knows the old one."""

    oldpassword = Password("The password you use now")
    password1 = NewPassword()
    password2 = None


class PasswordAgainForm(allauth.ReauthenticateForm, Form):
    """The password once more, before something about signing in is changed."""

    password = Password("Password")


class SetPasswordForm(allauth.SetPasswordForm, Form):
    """A first password, by somebody who signs in by code."""

    password1 = NewPassword("Password")
    password2 = None

"""Fields into which a person types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as N_

from kit import codes
from kit.fields.base import NhsField, as_object


def _plain_length(label: str, limit: int | None) -> dict[str, str]:
    return {"max_length": f"“{label}” is too long. Use {limit:,} characters or fewer"} if limit else {}


class Text(NhsField, forms.CharField):
    """One line of words."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        messages = _plain_length(label, kwargs.get("max_length")) | kwargs.pop("error_messages", {})
        super().__init__(label, error_messages=messages, **kwargs)


class Email(NhsField, forms.EmailField):
    """An e-mail address."""

    def __init__(self, label: str = N_("Email address"), **kwargs: Any) -> None:
        wrong = {"invalid": N_("Enter an email address, like name@example.com")}
        kwargs.setdefault("required_error", wrong["invalid"])
        kwargs.setdefault("autocomplete", "email")
        kwargs.setdefault("spellcheck", False)
        super().__init__(label, error_messages=wrong | kwargs.pop("error_messages", {}), **kwargs)


class Password(NhsField, forms.CharField):
    """A password, with a button that shows it; it is never sent back to the page."""

    component = "password"

    def __init__(self, label: str = N_("Password"), **kwargs: Any) -> None:
        kwargs.setdefault("required_error", f"Enter your {as_object(label)}")
        kwargs.setdefault("autocomplete", "current-password")
        super().__init__(label, widget=forms.PasswordInput, strip=False, **kwargs)


class Textarea(NhsField, forms.CharField):
    """Several lines of words; with `max_length` the page counts what is left."""

    component = "textarea"

    def __init__(self, label: str, *, rows: int = 5, max_length: int | None = None, **kwargs: Any) -> None:
        messages = _plain_length(label, max_length) | kwargs.pop("error_messages", {})
        super().__init__(label, widget=forms.Textarea, max_length=max_length, error_messages=messages, **kwargs)
        self.rows = rows

    def to_python(self, value: Any) -> str:
        # A browser counts a new line as one character and sends it as two.
        text = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return super().to_python(text) or ""


class Number(NhsField, forms.IntegerField):
    """A whole number, typed."""

    def __init__(
        self, label: str, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any
    ) -> None:
        messages = {
            "invalid": N_("Enter a number, like 12"),
            "min_value": f"Enter {min_value} or more",
            "max_value": f"Enter {max_value} or less",
        }
        kwargs.setdefault("inputmode", "numeric")
        kwargs.setdefault("width", 5)
        super().__init__(
            label,
            widget=forms.TextInput,
            min_value=min_value,
            max_value=max_value,
            error_messages=messages | kwargs.pop("error_messages", {}),
            **kwargs,
        )


class Code(NhsField, forms.CharField):
    """The code on a paper slip, forgiving about spaces, dashes and capitals; cleaned to its one true spelling."""

    def __init__(self, label: str = N_("Your code"), **kwargs: Any) -> None:
        kwargs.setdefault("hint", N_("It is on your slip. It looks like MAPLE-LAMP-RIVER-STONE-4726."))
        kwargs.setdefault("autocomplete", "off")
        kwargs.setdefault("spellcheck", False)
        kwargs.setdefault("max_length", 100)
        super().__init__(label, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return codes.normalise(typed)
        except codes.BadCode as bad:
            raise ValidationError(str(bad), code="bad_code") from bad

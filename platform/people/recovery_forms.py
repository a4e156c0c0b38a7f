"""Getting back in: the code on paper, and the new way in."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit import channels, numbers
from kit.fields import Code, Text
from kit.forms import Form


def way_in(typed: str) -> str:
    """An address in small letters, or a number in the one form in which it is kept."""
    try:
        if "@" in typed:
            validate_email(typed.strip())
            return typed.strip().lower()
        if channels.can_text():
            return numbers.mobile(typed)
    except (ValidationError, numbers.BadNumber):
        pass
    raise ValidationError("Enter an email address like name@example.com, or a UK mobile number like 07700 900 982")


class RecoverForm(Form):
    """The code on paper, and where to send figures from now on."""

    code = Code(
        "The code on your paper",
        hint="It looks like MAPLE-LAMP-RIVER-STONE-4726.",
        required_error="Enter the code on your paper",
    )
    to = Text(
        "Your new mobile number or email address",
        hint="We send a code there now. From then on you sign in with it.",
        required_error="Enter your new mobile number or email address",
        max_length=254,
    )

    def clean_to(self) -> str:
        """Something that can be reached."""
        return way_in(self.cleaned_data["to"])

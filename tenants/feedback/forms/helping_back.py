"""Staff help somebody back into their account."""

from kit import fields
from kit.forms import Form
from people.recovery_forms import way_in


class HelpBackInForm(Form):
    """Whose account, and that the person is there."""

    typed = fields.Text(
        "The email address or mobile number they used here before",
        hint="Ask them. Do not look it up.",
        required_error="Enter the email address or mobile number they used before",
        max_length=254,
    )
    here = fields.Tick("They are here with me, and I know that it is them", required=True)

    def clean_typed(self) -> str:
        """In the form in which it is kept."""
        return way_in(self.cleaned_data["typed"])

"""The form of the register of peer support schemes (S48)."""

from typing import Any

from kit.dates import short_day
from kit.fields import Date, Text, Textarea
from kit.forms import Form


class PeerSupportForm(Form):
    """What is told of a peer support scheme."""

    name = Text("What is it called?", max_length=120, required_error="Enter what it is called")
    lead_group = Text(
        "Which group leads it?", hint="It may be your own", max_length=120, required_error="Enter which group leads it"
    )
    remit = Textarea(
        "What does it do?", hint="For example: meets people at the court and goes with them to the first appointment",
        max_length=1000, rows=3, required_error="Say what it does",
    )  # fmt: skip
    serves = Text("Who is it for?", max_length=300, required_error="Say who it is for")
    supervised_by = Text(
        "Who supervises the peer supporters?", hint="A role or an organisation. Write no name.", max_length=200,
        required_error="Say who supervises them",
    )  # fmt: skip
    supervised_how_often = Text(
        "How often?", hint="For example: every 2 weeks", max_length=120, required_error="Say how often"
    )
    since = Date("When did it begin?")
    until = Date("When did it end? (if it did)", required=False, hint="Or when it will end. For example, 27 3 2027")

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", f"Enter {short_day(since)} or a later day")
        return given

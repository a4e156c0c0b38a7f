"""Forms about places that let a group in."""

from typing import Any

from groups.forms.agreements import tomorrow
from kit import clock
from kit.dates import short_day
from kit.fields import Date, Text, Textarea
from kit.forms import Form


class PermissionForm(Form):
    """Who lets the group in, from when to when, and on what conditions."""

    given_by_role = Text(
        "Who said yes?", hint="Their role, like “Custody inspector”. Write no name.", max_length=120,
        required_error="Enter the role of who said yes",
    )  # fmt: skip
    given_by_organisation = Text(
        "Which organisation do they work for?", hint="For example, the police or the courts service", max_length=120,
        required_error="Enter the organisation",
    )  # fmt: skip
    given_on = Date("When did they say yes?", latest=clock.today)
    since = Date("From which day may you come?")
    until = Date(
        "When does it end? (if they named a day)", required=False, earliest=tomorrow,
        hint="From that day on you may not come. For example, 27 3 2027",
    )  # fmt: skip
    conditions = Textarea(
        "What do they ask of you? (if anything)", hint="For example: ring the bell at the back, no phones in cells",
        required=False, max_length=1000, rows=3,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until <= since:
            self.add_error("until", f"Enter a day after {short_day(since)}")
        return given


class PermissionEndForm(Form):
    """Why a place lets the group in no longer."""

    reason = Text(
        "Why does it end?", hint="For example: the court is closed for repairs. Write no names.", max_length=300,
        required_error="Say why it ends",
    )  # fmt: skip

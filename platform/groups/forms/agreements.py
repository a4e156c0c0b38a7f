"""Forms of agreements: what the scheme fills in, and what the group does."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from groups.models import AgreedResource, DeliveryAnswer, DeliveryReport, Group
from groups.queries import groups_to_agree_with
from kit import clock
from kit.dates import short_day
from kit.fields import Date, ModelRadios, Number, Radios, Text, Textarea
from kit.forms import Form
from tenants.schemes.models import Scheme

MOST_POUNDS = 10_000_000
A_WORK_WAY = "Enter a work email address or a work telephone number"


def tomorrow() -> date:
    """The first day on which an agreement can be said to end beforehand."""
    return clock.today() + timedelta(days=1)


def _address_or_number(typed: str) -> None:
    if "@" in typed:
        EmailValidator(message=A_WORK_WAY)(typed)
    elif len(re.sub(r"\D", "", typed)) < 5:
        raise ValidationError(A_WORK_WAY)


class TermsForm(Form):
    """What a scheme says of an agreement."""

    until = Date(
        "When does it end? (if you have agreed a day)", required=False, earliest=tomorrow,
        hint="From that day on it gives no rights. For example, 27 3 2027",
    )  # fmt: skip
    contact_role = Text(
        "Whom the group turns to", hint="A role, like “Involvement lead”. Write no name.", max_length=120,
        required_error="Enter the role of whom the group turns to",
    )  # fmt: skip
    contact_way = Text(
        "Their work email address or work telephone number", max_length=120, validators=[_address_or_number],
        required_error=A_WORK_WAY,
    )  # fmt: skip
    payment = Textarea(
        "What you pay the group, and when", hint="If you pay nothing, say so.", max_length=500, rows=3,
        required_error="Say what you pay the group and when, or that you pay nothing",
    )  # fmt: skip


class AgreementForm(TermsForm):
    """A group to agree with, and the terms."""

    field_order = ("group", "since")

    group = ModelRadios(
        "Which group?", queryset=Group.objects.none(), empty_label=None,
        error_messages={"invalid_choice": "There is already an agreement with this group, or it closed. Choose one"},
    )  # fmt: skip
    since = Date("When does it begin?", initial=clock.today)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_to_agree_with(scheme)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until <= since:
            self.add_error("until", f"Enter a day after {short_day(since)}, when it begins")
        return given


class ResourceForm(Form):
    """What a scheme hands over."""

    kind = Radios(
        "What do you hand over?", AgreedResource.Kind.choices,
        hints={
            AgreedResource.Kind.TIME: "For example: a worker for one day a week",
            AgreedResource.Kind.OTHER: "For example: a room, laptops, training",
        },
    )  # fmt: skip
    pounds = Number(
        "If it is money: how many pounds", prefix="£", min_value=1, max_value=MOST_POUNDS, required=False, width=10
    )
    words = Text("In words", hint="What it is and what for. For money you can leave this out.", required=False,
                 max_length=300)  # fmt: skip
    agreed_on = Date("When was this agreed?", latest=clock.today)

    def clean(self) -> dict[str, Any]:
        """Money needs a sum, anything else needs words."""
        given = super().clean() or self.cleaned_data
        is_money = given.get("kind") == AgreedResource.Kind.MONEY
        if is_money and not given.get("pounds") and "pounds" not in self.errors:
            self.add_error("pounds", "Enter how many pounds")
        if given.get("kind") and not is_money:
            given["pounds"] = None
            if not given.get("words"):
                self.add_error("words", "Say in words what you hand over")
        return given


class ReceivedForm(Form):
    """When something came."""

    received_on = Date("When did it come?", latest=clock.today, label_is_page_heading=True)


class DecisionForm(Form):
    """What a group decided."""

    what = Textarea("What did you decide?", hint="Write no names.", max_length=1000, rows=4)
    decided_on = Date("When did you decide it?", latest=clock.today)
    due = Date("By when is it to happen?")

    def clean(self) -> dict[str, Any]:
        """It is to happen on the day it was decided, or later."""
        given = super().clean() or self.cleaned_data
        decided_on, due = given.get("decided_on"), given.get("due")
        if decided_on and due and due < decided_on:
            self.add_error("due", f"Enter {short_day(decided_on)} or a later day")
        return given


class ReportForm(Form):
    """What a scheme says about a decision of the group."""

    state = Radios("Has it happened?", DeliveryReport.State.choices)
    day = Date("On which day was it done, or by when do you expect it?")
    words = Textarea("What has been done, or what stands in the way", hint="The group reads this. Write no names.",
                     max_length=1000, rows=4)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is done was done by today."""
        given = super().clean() or self.cleaned_data
        day = given.get("day")
        if given.get("state") == DeliveryReport.State.DONE and day and day > clock.today():
            self.add_error("day", "If it is done, enter today or an earlier day")
        return given


class DeliveryForm(Form):
    """The group's own answer."""

    answer = Radios("Has it happened?", DeliveryAnswer.Answer.choices)

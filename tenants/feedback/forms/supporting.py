"""Choosing who helps, and what a supporter sends beside whoever they help."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit import channels, clock, fields, numbers
from kit.forms import Form
from tenants.feedback.forms.public import LONGEST, AnswerForm
from tenants.feedback.models import Point

ALL = "all"
CONFIRM, SAY = "confirm", "say"
LENGTHS = {"31": "1 month", "92": "3 months", "183": "6 months", "365": "1 year"}


class SupporterForm(Form):
    """Who helps, with what, and for how long; nothing is ticked before."""

    called = fields.Text(
        "Who should help you?",
        hint="Write what you call them, for example my sister. Only you see this.",
        required_error="Write who should help you",
        max_length=60,
        width=20,
    )
    sent_to = fields.Text(
        "What is their email address or mobile number?",
        hint="We send them a link. The message does not say what it is about.",
        required_error="Enter their email address or mobile number",
        max_length=254,
    )
    about = fields.Radios(
        "What can they help you with?",
        hint="They can read what you said here, and our answers. They cannot see anything else of yours.",
        required_error="Choose what they can help you with",
    )
    may = fields.Checkboxes(
        "What may they send to us together with you?",
        [(CONFIRM, "An answer to “did it change?”"), (SAY, "Something new that you want to say")],
        hint="You do not have to tick anything. Then they can only read.",
        required=False,
    )
    length = fields.Radios("For how long?", list(LENGTHS.items()), required_error="Choose for how long")
    name_shown = fields.Tick(
        "Our staff may see their first name", hint="If you do not tick this, staff only see that somebody helps you."
    )

    def __init__(self, *args: Any, points: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, fields.Radios)
        field.choices = [(ALL, "Everything I say here"), *points]

    def clean_sent_to(self) -> str:
        """An address in small letters, or a number in the one form in which it is kept."""
        typed: str = self.cleaned_data["sent_to"].strip()
        try:
            if "@" in typed:
                validate_email(typed)
                return typed.lower()
            if channels.can_text():
                return numbers.mobile(typed)
        except (ValidationError, numbers.BadNumber):
            pass
        kinds = (
            "an email address like name@example.com, or a UK mobile number"
            if channels.can_text()
            else "an email address"
        )
        raise ValidationError(f"Enter {kinds}")

    def clean(self) -> dict[str, Any]:
        """Something new is about no point that there is already."""
        cleaned = super().clean() or {}
        if SAY in cleaned.get("may", []) and cleaned.get("about") not in (None, ALL):
            self.add_error("may", "To let them send something new with you, choose “Everything I say here” above")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the action calls it, but for the point."""
        given = self.cleaned_data
        return {
            "called": given["called"],
            "sent_to": given["sent_to"],
            "may_confirm": CONFIRM in given["may"],
            "may_say": SAY in given["may"],
            "until": clock.today() + timedelta(days=int(given["length"])),
            "name_shown": given["name_shown"],
        }


def together(name: str) -> fields.Tick:
    """That the two of them do it together: asked each time, and never ticked before."""
    return fields.Tick(f"{name} is with me, and this is what they want to say", required=True)


class HelpedAnswerForm(AnswerForm):
    """Did it change? The answer of whoever said it, sent by their supporter."""

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is still wrong, they write themselves.
        del self.fields["words"]
        self.fields["together"] = together(name)

    @classmethod
    def of(cls, point: Point, name: str, data: Any = None) -> Self:
        """The question about one point, sent beside the person of this name."""
        return cls(data, name=name, auto_id=f"%s-{point.pk}")


class SayWithForm(Form):
    """What somebody wants to say, written down by their supporter."""

    said = fields.Textarea(
        "What do they want to say?",
        hint="Write it in their words. Do not write their name or the names of other people.",
        required_error="Write something in the box",
        max_length=LONGEST,
        rows=8,
        autocomplete="off",
    )
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["together"] = together(name)

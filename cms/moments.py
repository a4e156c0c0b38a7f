"""A date and time as somebody in England types it in the editor; Wagtail's own field knows one way of writing it."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from kit.fields.days import MONTHS

EXAMPLE = "12 January 2027 10am"
HINT = f"For example, {EXAMPLE}"
UNKNOWN = f"Enter a day and a time, like {EXAMPLE}"
NO_TIME = f"Enter the time too, like {EXAMPLE}"
NO_SUCH = f"This day or time does not exist. Enter one, like {EXAMPLE}"
WHICH_HALF = "Enter am or pm too, like 10am, or the time as 10:00"
TYPED = re.compile(
    r"(?:(?P<weekday>[a-z]+day),?\s+)?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[/.-]\s*|\s+)"
    r"(?P<month>\d{1,2}|[a-z]+)(?:\s*[/.-]\s*|,?\s+)"
    r"(?P<year>\d{4}|\d{2})"
    r"(?P<time>(?:,?\s+(?:at\s+)?)(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?"
    r"|(?P<named>midday|noon|midnight)))?"
)


class MomentField(forms.DateTimeField):
    """What was typed in one of the ways of this country, or as a computer writes it; else an error in plain words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or HINT
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """The moment, in London unless it says otherwise."""
        if isinstance(value, str) and (found := TYPED.fullmatch(value.strip().lower())):
            return from_current_timezone(_moment(found))
        try:
            return super().to_python(value)
        except ValidationError as refused:
            raise ValidationError(UNKNOWN, code="invalid") from refused


def _moment(found: re.Match[str]) -> datetime:
    if not found["time"]:
        raise ValidationError(NO_TIME, code="invalid")
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        moment = datetime(year, _month(found["month"]), int(found["day"]), *_clock(found))
    except ValueError as refused:
        raise ValidationError(NO_SUCH, code="invalid") from refused
    if found["weekday"] and found["weekday"] != f"{moment:%A}".lower():
        raise ValidationError(f"{moment:%-d %B %Y} is a {moment:%A}. Enter the day again", code="invalid")
    return moment


def _month(typed: str) -> int:
    if typed.isdigit():
        return int(typed)
    return next((number for name, number in MONTHS.items() if len(typed) > 2 and name.startswith(typed)), 0)


def _clock(found: re.Match[str]) -> tuple[int, int]:
    if found["named"]:
        return (0 if found["named"] == "midnight" else 12), 0
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if not found["half"]:
        if not found["minute"]:
            raise ValidationError(WHICH_HALF, code="invalid")
        return hour, minute
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if found["half"] == "p" else 0), minute


def understand_what_is_typed() -> None:
    """Let every date and time that is edited be such a field."""
    register_form_field_override(
        models.DateTimeField, override={"form_class": MomentField, "widget": AdminDateTimeInput}
    )

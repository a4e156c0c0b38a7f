"""A date in three boxes, and errors that say which box is wrong."""

import calendar
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit.dates import short_day
from kit.fields.base import NhsField

PARTS = ("day", "month", "year")
EXAMPLE = "27 3 2027"
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()}

Limit = date | Callable[[], date] | None


class ThreeBoxes(forms.Widget):
    """Day, month and year under one name: `when_day`, `when_month`, `when_year`."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: (data.get(f"{name}_{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


def typed_parts(value: Any) -> dict[str, str]:
    """What stands in the three boxes, whether it was typed or is a date from before."""
    if isinstance(value, date):
        return {part: str(getattr(value, part)) for part in PARTS}
    return value if isinstance(value, dict) else dict.fromkeys(PARTS, "")


class Date(NhsField):
    """One day; `earliest` and `latest` are dates, or functions asked each time, with words of their own if wanted."""

    component = "date"
    widget = ThreeBoxes

    def __init__(
        self,
        label: str,
        *,
        earliest: Limit = None,
        latest: Limit = None,
        too_early: str | None = None,
        too_late: str | None = None,
        birth: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("hint", N_("For example, 27 3 2027"))
        kwargs.setdefault("required_error", N_("Enter a date, like 27 3 2027"))
        super().__init__(label, **kwargs)
        self.earliest = earliest
        self.latest = latest
        self.too_early = too_early
        self.too_late = too_late
        self.birth = birth

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        empty = [part for part in PARTS if not value[part]]
        if len(empty) == len(PARTS):
            return None
        if empty:
            raise _wrong(f"Enter the {' and '.join(empty)} too, like {EXAMPLE}", *empty)
        return _real_date(value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _now(self.earliest), _now(self.latest)
        if earliest and value < earliest:
            raise _wrong(
                self.too_early or _("Enter a date that is %(day)s or later") % {"day": short_day(earliest)}, *PARTS
            )
        if latest and value > latest:
            raise _wrong(
                self.too_late or _("Enter a date that is %(day)s or earlier") % {"day": short_day(latest)}, *PARTS
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return typed_parts(initial) != typed_parts(data)


def _now(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


def _wrong(message: str, *parts: str) -> ValidationError:
    return ValidationError(message, code="bad_date", params={"parts": parts})


def _real_date(typed: dict[str, str]) -> date:
    day, month, year = _number(typed["day"]), _month(typed["month"]), _number(typed["year"])
    if day is None or not 1 <= day <= 31:
        raise _wrong("Enter the day as a number from 1 to 31", "day")
    if month is None or not 1 <= month <= 12:
        raise _wrong("Enter the month as a number from 1 to 12", "month")
    if year is None or not 1000 <= year <= 9999:
        raise _wrong("Enter the year with 4 numbers, like 2027", "year")
    try:
        return date(year, month, day)
    except ValueError:
        name = calendar.month_name[month]
        raise _wrong(f"{name} does not have a day {day}. Check the day and month", "day") from None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    word = text.lower().rstrip(".")
    return MONTHS.get(word) or SHORT_MONTHS.get(word) or _number(text)

"""How days and moments are written: in London, in words nobody has to work out."""

import re
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit import languages
from kit.clock import LONDON

_BY_NAME = {"midday": time(12), "noon": time(12), "midnight": time(0)}
_PARTS_OF_A_DAY = (
    (5, "in the night"), (12, "in the morning"), (18, "in the afternoon"), (22, "in the evening"), (24, "at night"),
)  # fmt: skip
_TYPED = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? *(?:([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)


def _in_london(value: date) -> date:
    return value.astimezone(LONDON) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | None) -> str:
    """Tuesday 4 May 2027."""
    return _written(value, "l j E Y") if value else ""


def short_day(value: date | None) -> str:
    """4 May 2027, for places where the weekday does not help."""
    return _written(value, "j E Y") if value else ""


def clock_time(value: datetime | time) -> str:
    """2:30pm, 2pm, midday or midnight."""
    if not languages.is_english():
        return f"{value:%-H:%M}"
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value:%M}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def typed_time(words: str) -> time | None:
    """A time as people type it: 14:05, 14.05, 2:05pm, 2 p.m. or midday; None where it is none.

    Without am or pm it is read by the clock of 24 hours, so 2:05 is in the night: whoever typed it is shown how it was
    read (`spoken_time`). The app reads it in the same way (`asTime` in `asking.js`, `tests/time_cases.json`).
    """
    typed = words.strip()
    if named := _BY_NAME.get(typed.lower()):
        return named
    found = _TYPED.fullmatch(typed)
    if found is None or not (found[2] or found[3]):
        return None
    hour, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minutes > 59 or not (1 <= hour <= 12 if half else hour < 24):
        return None
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minutes)


def spoken_time(value: time) -> str:
    """2:05 in the night or 2:05 in the afternoon; midday or midnight. The app says the same (`timeInWords`)."""
    if not languages.is_english() or (value.minute == 0 and value.hour in (0, 12)):
        return clock_time(value)
    part = next(words for until, words in _PARTS_OF_A_DAY if value.hour < until)
    return f"{value.hour % 12 or 12}:{value:%M} {part}"


def moment(value: datetime | None) -> str:
    """Tuesday 4 May 2027 at 2:30pm."""
    if not value:
        return ""
    local = value.astimezone(LONDON) if value.tzinfo else value
    return day_and_time(local.date(), local.time())


def day_and_time(value: date, at: time | None) -> str:
    """The same of a day in London with its time, or with none where none is known yet."""
    if at is None:
        return day(value)
    return _("%(day)s at %(time)s") % {"day": day(value), "time": clock_time(at)}


def _written(value: date, form: str) -> str:
    """In the language of the page, with the month as it stands after a number."""
    return date_format(_in_london(value), form, use_l10n=False)

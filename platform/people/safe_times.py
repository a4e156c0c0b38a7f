"""When it is safe to send somebody something, by the days and parts of a day that they named."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from kit.clock import LONDON
from people.models import SafeContact

HOURS = {
    SafeContact.Part.MORNING: (8, 12),
    SafeContact.Part.AFTERNOON: (12, 17),
    SafeContact.Part.EVENING: (17, 20),
}
# For who named no time: a text makes a noise, an e-mail need not.
ANY_TIME = {SafeContact.Channel.EMAIL: (0, 24), SafeContact.Channel.TEXT: (8, 20)}


def next_safe(contact: SafeContact, *, after: datetime, channel: str = "") -> datetime:
    """The first moment, from this one on, at which a message may reach them, by their way or by the one named."""
    begins = after.astimezone(LONDON)
    named = [HOURS[part] for part in SafeContact.Part if part in contact.parts]
    hours = named or [ANY_TIME[SafeContact.Channel(channel or contact.channel)]]
    # A week holds every day that can be named; the eighth is this day again, earlier than now.
    days = [begins.date() + timedelta(days=ahead) for ahead in range(8)]
    safe = [day for day in days if not contact.days or day.isoweekday() in contact.days]
    spans = [(_at(day, first), _at(day, last)) for day in safe for first, last in hours]
    return next(max(begins, first) for first, last in spans if begins < last).astimezone(UTC)


def tomorrow(moment: datetime) -> datetime:
    """The beginning of the day after this moment, in London."""
    return _at(moment.astimezone(LONDON).date() + timedelta(days=1), 0)


def days_in_words(days: Sequence[int]) -> str:
    """The days somebody named, as they read them."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return ", ".join(names[day - 1] for day in sorted(days)) or "Any day"


def parts_in_words(parts: Sequence[str]) -> str:
    """The parts of a day somebody named, as they read them."""
    return ". ".join(part.label for part in SafeContact.Part if part in parts) or "Any time"


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), LONDON)

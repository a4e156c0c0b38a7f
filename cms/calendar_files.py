"""An event as a file for a calendar (iCalendar, RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

MAKER = "-//Alongside//Events//EN"
CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a calendar. `key` is the same each time, so that a file that is opened again changes the entry."""

    key: str
    title: str
    starts: datetime
    ends: datetime | None
    changed_at: datetime
    place: str = ""
    words: str = ""
    address: str = ""
    called_off: bool = False


def calendar_file(entry: Entry) -> bytes:
    """One entry as a file."""
    # Brought in by the first file that is asked for: no start of the service waits for it.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"{entry.key}@alongside")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts.astimezone(UTC))
    if entry.ends:
        event.add("dtend", entry.ends.astimezone(UTC))
    if entry.called_off:
        event.add("status", "CANCELLED")
    texts = {"summary": entry.title, "location": entry.place, "description": entry.words, "url": entry.address}
    for name, text in texts.items():
        if text:
            event.add(name, text)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made

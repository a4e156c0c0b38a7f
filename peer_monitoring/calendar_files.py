"""A visit as a file for a calendar (iCalendar, RFC 5545): others may read a calendar, so it says when and no more."""

from datetime import UTC, datetime

from kit import clock
from peer_monitoring.models import Visit

CALENDAR = "text/calendar; charset=utf-8"
MAKER = "-//Alongside//Calendar//EN"
TITLE = "Appointment"


def calendar_file(visit: Visit) -> bytes:
    """The visit under a title that says nothing; opened again after a change, it changes the entry that is there."""
    # Brought in by the first file that is asked for: no start of the service waits for it.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"{visit.pk}@alongside")
    event.add("sequence", visit.changes)
    event.add("dtstamp", clock.now().astimezone(UTC))
    if visit.starts_at:
        event.add("dtstart", datetime.combine(visit.day, visit.starts_at, clock.LONDON).astimezone(UTC))
    else:
        event.add("dtstart", visit.day)
    event.add("summary", TITLE)
    if visit.meeting_point:
        event.add("location", visit.meeting_point)
    if visit.cancelled_at:
        event.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made

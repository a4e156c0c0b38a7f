"""An event as a calendar reads it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from cms.calendar_files import Entry, calendar_file

LONG = "Come to our open morning, and meet people; bring somebody, if you like. Été. " * 4
EVENT = Entry(
    key="7",
    title="Open morning, at the mill",
    starts=datetime(2027, 7, 6, 9, 30, tzinfo=UTC),
    ends=datetime(2027, 7, 6, 11, tzinfo=UTC),
    changed_at=datetime(2027, 5, 1, tzinfo=UTC),
    place="The library, 1 Mill Lane, Nether; Valley",
    words=LONG,
    address="https://ashmere.example/events/open-morning/",
)


def read(entry):
    calendar = Calendar.from_ical(calendar_file(entry))
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors
    return event


def test_a_calendar_reads_when_what_and_where():
    event = read(EVENT)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (EVENT.starts, EVENT.ends)
    assert (str(event["summary"]), str(event["description"])) == (EVENT.title, LONG)
    assert (str(event["location"]), str(event["url"])) == (EVENT.place, EVENT.address)


@pytest.mark.parametrize(
    "entry", [EVENT, Entry(key="1", title="Meeting", starts=EVENT.starts, ends=None, changed_at=EVENT.starts)]
)
def test_the_file_keeps_to_the_standard(entry):
    """RFC 5545: what must be there, line ends, and no line of more than 75 bytes."""
    file = calendar_file(entry)
    lines = file.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert {b"VERSION:2.0", b"METHOD:PUBLISH"} <= set(lines) and any(line.startswith(b"PRODID:") for line in lines)
    assert all(read(entry).get(name) for name in ("uid", "dtstamp", "dtstart", "summary"))


def test_what_is_empty_is_not_there():
    entry = Entry(key="1", title="Meeting", starts=EVENT.starts, ends=None, changed_at=EVENT.starts)
    assert set(read(entry)) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}


def test_one_that_is_called_off_says_so():
    assert str(read(replace(EVENT, called_off=True))["status"]) == "CANCELLED"
    assert "status" not in read(EVENT)

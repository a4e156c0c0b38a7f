"""Days and moments in words."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from kit.dates import clock_time, day, day_and_time, moment, short_day, spoken_time, typed_time

# What the app reads in the same way (`e2e/test_asking.py`).
TYPED = json.loads((Path(__file__).parents[2] / "time_cases.json").read_text())


def test_a_day_is_written_with_its_weekday() -> None:
    assert day(date(2027, 5, 4)) == "Tuesday 4 May 2027"
    assert short_day(date(2027, 5, 4)) == "4 May 2027"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2027, 5, 4, 13, 30, tzinfo=UTC), "Tuesday 4 May 2027 at 2:30pm"),
        (datetime(2027, 1, 4, 14, 0, tzinfo=UTC), "Monday 4 January 2027 at 2pm"),
        (datetime(2027, 1, 4, 9, 5, tzinfo=UTC), "Monday 4 January 2027 at 9:05am"),
        (datetime(2027, 1, 4, 12, 0, tzinfo=UTC), "Monday 4 January 2027 at midday"),
        (datetime(2027, 5, 4, 23, 0, tzinfo=UTC), "Wednesday 5 May 2027 at midnight"),
        (datetime(2027, 1, 4, 0, 20, tzinfo=UTC), "Monday 4 January 2027 at 12:20am"),
    ],
)
def test_a_moment_is_written_as_the_clock_in_london_shows_it(when: datetime, words: str) -> None:
    assert moment(when) == words


def test_the_day_of_a_moment_is_the_day_in_london() -> None:
    assert day(datetime(2027, 5, 4, 23, 30, tzinfo=UTC)) == "Wednesday 5 May 2027"


def test_no_day_is_written_as_nothing() -> None:
    assert (day(None), short_day(None), moment(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9, 30), "Tuesday 4 May 2027 at 9:30am"),
        (time(0), "Tuesday 4 May 2027 at midnight"),
        (None, "Tuesday 4 May 2027"),
    ],
)
def test_a_day_is_written_with_its_time_where_one_is_known(at: time | None, words: str) -> None:
    assert day_and_time(date(2027, 5, 4), at) == words


def test_a_time_is_read_as_people_type_it() -> None:
    assert {typed: f"{typed_time(typed):%H:%M}" for typed in TYPED["times"]} == TYPED["times"]
    assert [typed for typed in TYPED["none"] if typed_time(typed) is not None] == []


def test_a_time_is_read_as_it_is_written_here() -> None:
    every = [time(minutes // 60, minutes % 60) for minutes in range(24 * 60)]
    assert [typed_time(clock_time(at)) for at in every] == every


def test_how_a_time_was_read_is_said_so_that_nobody_takes_the_night_for_the_afternoon() -> None:
    assert {typed: spoken_time(time.fromisoformat(typed)) for typed in TYPED["said"]} == TYPED["said"]

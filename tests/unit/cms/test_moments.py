"""A date and time is understood as people here write it, and never guessed."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from cms import moments
from kit.clock import LONDON


@pytest.mark.parametrize(
    "typed",
    [
        "12 January 2027 10am", "12 Jan 2027 10:00", "12 jan 2027 at 10.00", "12th January 2027, 10 a.m.",
        "Tuesday 12 January 2027 at 10am", "12/01/2027 10:00", "12/1/27 10am", "12.1.2027 10:00", "12-01-2027 10:00",
        "2027-01-12 10:00", "2027-01-12T10:00", "  12 JANUARY 2027   10AM ", "12 January 2027 10:00",
    ],
)  # fmt: skip
def test_one_moment_is_understood_however_it_is_written(typed: str) -> None:
    assert moments.MomentField().clean(typed) == datetime(2027, 1, 12, 10, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("2:30pm", 14, 30), ("12pm", 12, 0), ("12am", 0, 0), ("midday", 12, 0), ("midnight", 0, 0), ("12.05am", 0, 5)],
)
def test_the_half_of_the_day_counts(typed: str, hour: int, minute: int) -> None:
    found = moments.MomentField().clean(f"4 Sept 2027 {typed}")
    assert found == datetime(2027, 9, 4, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("12 Jan 2027", moments.NO_TIME),
        ("12 Jan 2027 10", moments.WHICH_HALF),
        ("12 Jan", moments.UNKNOWN),
        ("tomorrow", moments.UNKNOWN),
        ("12/13/2027 10:00", moments.NO_SUCH),
        ("31 June 2027 10am", moments.NO_SUCH),
        ("12 Jumber 2027 10am", moments.NO_SUCH),
        ("12 Jan 2027 14pm", moments.NO_SUCH),
        ("12 Jan 2027 25:00", moments.NO_SUCH),
        ("Monday 12 January 2027 10am", "12 January 2027 is a Tuesday. Enter the day again"),
    ],
)
def test_what_is_not_understood_is_refused_in_words(typed: str, error: str) -> None:
    with pytest.raises(ValidationError) as refused:
        moments.MomentField().clean(typed)
    assert refused.value.messages == [error]

"""A message goes only when the person said that it is safe (F4)."""

from datetime import UTC, datetime

import pytest

from people.models import SafeContact
from people.safe_times import next_safe, tomorrow

MONDAY_10 = datetime(2026, 11, 2, 10, tzinfo=UTC)
SUMMER_NIGHT = datetime(2027, 7, 5, 22, 30, tzinfo=UTC)  # 11.30 in the evening in London


def contact(channel="email", days=(), parts=()):
    return SafeContact(channel=channel, days=list(days), parts=list(parts))


@pytest.mark.parametrize(
    ("chosen", "after", "expected"),
    [
        (contact(), MONDAY_10, MONDAY_10),
        (contact("text"), SUMMER_NIGHT, datetime(2027, 7, 6, 7, tzinfo=UTC)),
        (contact(), SUMMER_NIGHT, SUMMER_NIGHT),
        (contact(parts=["evening"]), MONDAY_10, datetime(2026, 11, 2, 17, tzinfo=UTC)),
        (contact(parts=["morning", "evening"]), MONDAY_10, MONDAY_10),
        (contact(days=[3], parts=["afternoon"]), MONDAY_10, datetime(2026, 11, 4, 12, tzinfo=UTC)),
        (contact(days=[1], parts=["morning"]), MONDAY_10.replace(hour=12), datetime(2026, 11, 9, 8, tzinfo=UTC)),
        (contact(days=[1]), MONDAY_10, MONDAY_10),
    ],
)
def test_the_next_safe_moment(chosen, after, expected):
    assert next_safe(chosen, after=after) == expected


def test_tomorrow_begins_at_midnight_in_london():
    assert tomorrow(SUMMER_NIGHT) == datetime(2027, 7, 5, 23, tzinfo=UTC)

"""A Monday at Ashmere, as in the tests of the loop."""

from collections.abc import Callable
from datetime import date

import pytest

from comparison import queries
from comparison.measures import Period, Share
from kit import clock
from tenants.schemes.models import Scheme
from tests.integration.feedback.conftest import a_monday, lead, owner, real_mail

__all__ = ["a_monday", "lead", "owner", "real_mail"]

ShareNow = Callable[[], Share]


@pytest.fixture
def share(scheme: Scheme, work: Callable[[], None]) -> ShareNow:
    """`share()`: Ashmere's share of all months, once the worker has done what waits."""

    def now() -> Share:
        work()
        return queries.share_at(scheme, Period.ALL)

    return now


@pytest.fixture
def go_on() -> Callable[[date], None]:
    """`go_on(day)`: it is noon on that day."""
    return lambda day: clock.set_to(
        clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12), frozen=True
    )

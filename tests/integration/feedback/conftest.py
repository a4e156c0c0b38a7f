"""A Monday at Ashmere, with an involvement lead who may own promises."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kit import clock
from people.models import Person
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import staff

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_monday() -> None:
    """Every test begins at ten in the morning of 2 November 2026, and the clock stands still."""
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture(autouse=True)
def real_mail(settings: Any) -> None:
    """Messages go into files, as they do in a demonstration, and not into the list that Django's tests keep."""
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"


@pytest.fixture
def owner(inside: Scheme) -> Membership:
    """The involvement lead's place in the team."""
    return staff(inside)[1]


@pytest.fixture
def lead(owner: Membership) -> Person:
    """The involvement lead."""
    return Person.objects.get(pk=owner.person_id)

"""Robin, who chose somebody to help, and Kim, who helps."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import Person
from tenants.feedback.models import Point
from tenants.schemes.models import Scheme
from tests.factories.feedback import claimed, said, somebody, staff
from tests.factories.people import someone
from tests.integration.feedback.supporting.steps import (
    Browser,
    ClientAt,
)


@pytest.fixture
def client_at(client_at: Callable[..., Client]) -> ClientAt:
    return lambda *who: Browser(client_at(*who))


@pytest.fixture
def robin() -> Person:
    return someone("Robin")


@pytest.fixture
def kim() -> Person:
    return someone("Kim Marlow", email="kim@example.org")


@pytest.fixture
def point(inside: Scheme, robin: Person) -> Point:
    """What Robin said, and the scheme says it is done."""
    made = said(somebody(robin), words="What Robin said")
    claimed(made, staff(inside)[1])
    return made

"""An involvement lead at their desk, and a point that nobody has seen."""

import pytest
from django.test import Client

from people.models import Person
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import said, staff
from tests.integration.feedback.pages_for_staff.steps import ClientAt


@pytest.fixture
def team(scheme: Scheme) -> tuple[Person, Membership]:
    """An involvement lead."""
    return staff(scheme)


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, team: tuple[Person, Membership]) -> Client:
    """The involvement lead, signed in at Ashmere."""
    return client_at(scheme, team[0])


@pytest.fixture
def point(scheme: Scheme) -> Point:
    """A point that nobody has seen, of somebody who agreed to publication."""
    with enter(scheme):
        return said(words="I waited nine hours.")

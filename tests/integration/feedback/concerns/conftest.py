"""The safeguarding lead and a manager of the scheme."""

import pytest

from people.models import Person
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.integration.feedback.concerns.steps import works


@pytest.fixture
def lead(scheme: Scheme) -> Person:
    return works(scheme, Role.SAFEGUARDING_LEAD)


@pytest.fixture
def manager(scheme: Scheme) -> Person:
    return works(scheme, Role.MANAGER)

"""A group that may go, a phone of one of its team, and the safeguarding lead of the scheme."""

import pytest

from tenants.schemes.rights import Role
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready
from tests.factories.schemes import works_at


@pytest.fixture
def lead(scheme):
    made = someone("Safeguarding")
    works_at(scheme, made.pk, role=Role.SAFEGUARDING_LEAD)
    return made


@pytest.fixture
def phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[0])[1])

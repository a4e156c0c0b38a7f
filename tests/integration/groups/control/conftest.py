"""A group, its lead, an agreement with Ashmere, and somebody who works there."""

import pytest

from tenants.schemes.rights import Role
from tests.factories.groups import a_group, agreed
from tests.factories.people import someone
from tests.factories.schemes import works_at


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def agreement(group, scheme):
    return agreed(group, scheme)


@pytest.fixture
def led(client_at, lead):
    return client_at(None, lead)


@pytest.fixture
def staff(client_at, scheme):
    worker = someone("Mo")
    works_at(scheme, worker.pk, role=Role.INVOLVEMENT_LEAD)
    return client_at(scheme, worker)

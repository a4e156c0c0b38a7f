"""A group that may go, its lead, and one who goes."""

import pytest

from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def led(client_at, ready):
    return client_at(None, ready.lead)


@pytest.fixture
def going(client_at, ready):
    return client_at(None, ready.monitors[0])

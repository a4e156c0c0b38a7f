"""Max in a group with an agreement, its lead, and a place to visit."""

import pytest

from tests.factories.groups import a_group, agreed, seated
from tests.factories.people import someone


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead, scheme):
    made = a_group("Voices", lead=lead)
    agreed(made, scheme)
    return made


@pytest.fixture
def max_(group):
    return someone("Max")


@pytest.fixture
def seat(group, max_):
    return seated(group, max_)


@pytest.fixture
def own(client_at, max_, seat):
    return client_at(None, max_)


@pytest.fixture
def led(client_at, lead):
    return client_at(None, lead)


@pytest.fixture
def site(scheme):
    return scheme.sites.earliest("name")

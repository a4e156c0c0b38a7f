"""A visit on which two go, who answer a few questions."""

import pytest

from tests.factories.peer_monitoring import settled
from tests.factories.questions import published
from tests.integration.peer_monitoring.writing.steps import questions


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group, questions()))


@pytest.fixture
def first(client_at, ready):
    return client_at(None, ready.monitors[0])


@pytest.fixture
def second(client_at, ready):
    return client_at(None, ready.monitors[1])

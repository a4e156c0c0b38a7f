"""A group of which the team of a visit is told, and who of it."""

import pytest

from people.models import Person
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, make_ready
from tests.factories.people import someone


@pytest.fixture
def who(ready: Ready) -> Person:
    return ready.monitors[0]


@pytest.fixture
def third(ready: Ready) -> Person:
    """Another monitor, who may go too."""
    made = someone("Third")
    seated(ready.group, made, seat="monitor")
    make_ready(made, ready.group, ready.lead, ready.site)
    return made

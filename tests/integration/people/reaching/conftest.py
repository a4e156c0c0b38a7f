"""Robin, on a Monday, and a carrier of texts."""

import pytest

from kit import clock
from people import actions
from people.models import Mobile
from tests import fake_notify
from tests.factories.people import someone
from tests.integration.people.reaching.steps import MONDAY, NUMBER


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    return someone("Robin")


@pytest.fixture
def notify(settings):
    with fake_notify.running() as running:
        for name, value in running.settings.items():
            setattr(settings, name, value)
        yield running


@pytest.fixture
def by_text(robin, notify):
    """Robin, who is told by text messages in which words may stand."""
    Mobile.objects.create(person=robin, number=NUMBER)
    actions.change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    return robin

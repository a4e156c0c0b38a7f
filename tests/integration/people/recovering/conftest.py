"""Robin, who cannot get in any more, on a Monday, with a code on paper."""

import pytest

from kit import clock
from people import actions
from people.models import Mobile, WayToTell
from tests.factories.people import reached_by_mail, someone
from tests.integration.people.recovering.steps import MONDAY, OLD, OLD_NUMBER


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    made = reached_by_mail(someone("Robin", email=OLD, password="maple lamp river"))
    Mobile.objects.create(person=made, number=OLD_NUMBER, opens_account=True)
    return made


@pytest.fixture
def paper(robin):
    """A code that was made long ago, so that all who had to hear of it have."""
    code = actions.make_paper_code(person=robin, by=robin)
    WayToTell.objects.all().delete()
    return code

"""Robin, who is reached by mail."""

import pytest

from people.models import Person
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return reached_by_mail(person())

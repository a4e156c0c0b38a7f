"""People as they come to these pages."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress

from people import actions
from people.models import Consent, Person


@pytest.fixture
def settled_person(person: Callable[..., Person]) -> Callable[..., Person]:
    """Somebody who was here before: named, agreed to an account, with an address that is shown to be theirs."""

    def make(name: str = "Robin", **roles: object) -> Person:
        made = person(name, **roles)
        EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
        actions.give_consent(person=made, purpose=Consent.Purpose.ACCOUNT, by=made)
        return made

    return make

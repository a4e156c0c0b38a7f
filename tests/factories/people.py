"""People, as they are after they have signed in at least once."""

from itertools import count
from typing import Any
from uuid import UUID

from people import actions
from people.models import Consent, Notice, Person, SafeContact

_numbers = count(1)


def someone(name: str = "Robin", *, email: str = "", password: str | None = None, settled: bool = True) -> Person:
    """Somebody with an account and a verified address; settled, they have also agreed to keep it."""
    made = actions.add_person(
        email=email or f"{name.lower()}.{next(_numbers)}@example.org", name=name, password=password
    )
    if settled:
        actions.give_consent(person=made, purpose=Consent.Purpose.ACCOUNT, by=made)
    return made


def reached_by_mail(person: Person, *, words: bool = False) -> Person:
    """Who says that e-mail is safe for them."""
    actions.change_contact(person=person, channel=SafeContact.Channel.EMAIL, words_in_messages=words, by=person)
    return person


def noticed(
    person: Person, *, kind: str = "answer", key: str | UUID = "1", path: str = "/mine/", **more: Any
) -> Notice:
    """Somebody for whom something waits."""
    actions.notice(person_id=person.pk, kind=kind, key=str(key), path=path, **more)
    return Notice.objects.get(person=person, kind=kind, key=str(key))

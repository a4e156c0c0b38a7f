"""An account: its name, the way it is safe to reach the person, what they agreed to."""

from allauth.account.models import EmailAddress
from django.db import transaction

import audit
from kit import clock
from people.actions.words import end_links
from people.errors import TakenAddress
from people.models import Consent, Person, SafeContact
from people.wordings import current_wording
from tenants.schemes.entering import enter


@transaction.atomic
def add_person(*, email: str, name: str = "", password: str | None = None) -> Person:
    """An account whose address somebody vouches for: the demonstration's people, a first manager."""
    address = email.strip().lower()
    if Person.objects.filter(email=address).exists():
        raise TakenAddress("Somebody already has an account with this address.")
    person = Person.objects.create_user(address, password, name=name)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    with enter("public"):
        audit.record(by=None, operation="collect", what="added an account", subject=person, basis="public_task")
    return person


@transaction.atomic
def set_name(*, person: Person, name: str, by: Person) -> Person:
    """What the person wants to be called."""
    person.name = name.strip()
    person.save(update_fields=["name"])
    audit.record(by=by, operation="change", what="changed a name", subject=person)
    return person


@transaction.atomic
def give_consent(*, person: Person, purpose: str, by: Person) -> Consent:
    """Agree to one purpose in its present wording; an agreement that stands is left as it is."""
    consent, new = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"wording_version": current_wording(purpose).version},
    )
    if new:
        audit.record(
            by=by, operation="collect", what="agreed to a purpose", subject=person, thing=consent, basis="consent"
        )
    return consent


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, by: Person) -> None:
    """Take an agreement back. From now on no message goes out where it was about messages."""
    taken_back = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    if not taken_back:
        return
    if purpose == Consent.Purpose.CONTACT:
        SafeContact.objects.filter(person=person).update(
            channel=SafeContact.Channel.PAGE, way_is_open=False, words_in_messages=False, changed_at=clock.now()
        )
        end_links(person_id=person.pk)
    audit.record(by=by, operation="change", what="took back an agreement", subject=person)

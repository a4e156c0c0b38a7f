"""How an account comes to its end: somebody asks for it, or never showed that its address is theirs."""

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef

import audit
from kit import clock
from people.models import Consent, ErasureRequest, Notice, Person, Place
from tenants.schemes.models import Membership, NationalRole

UNSHOWN_FOR = timedelta(days=7)
# What shows that an account is in use all the same.
HELD = (Consent, Membership, NationalRole, Notice, Place)


@transaction.atomic
def ask_for_erasure(*, person: Person, by: Person) -> ErasureRequest:
    """Ask that everything about them is erased; operators see it until it has been done."""
    request, new = ErasureRequest.objects.get_or_create(person=person)
    if new:
        audit.record(by=by, operation="change", what="asked for erasure", subject=person)
    return request


@transaction.atomic
def take_back_erasure(*, person: Person, by: Person) -> None:
    """They changed their mind, as long as nothing has been erased."""
    if ErasureRequest.objects.filter(person=person).delete()[0]:
        audit.record(by=by, operation="change", what="took back that they asked for erasure", subject=person)


@transaction.atomic
def empty_unshown_accounts() -> int:
    """Empty accounts whose address nobody has shown to be theirs within a week; how many they were."""
    unshown = Person.objects.filter(
        ~Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)),
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"))),
        *(~Exists(model.objects.filter(person_id=OuterRef("pk"))) for model in HELD),
        created_at__lte=clock.now() - UNSHOWN_FOR,
        erased_at=None,
    )
    return _empty(list(unshown.select_for_update(of=("self",)).values_list("pk", flat=True)))


def free_address(*, address: str, person: Person) -> None:
    """Take an address from whoever typed it and never showed it to be theirs; inside the caller's transaction.

    `person` has shown that it is theirs.
    """
    others = Person.objects.select_for_update().filter(email=address).exclude(pk=person.pk)
    for other in others.filter(~Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))):
        if not any(model.objects.filter(person_id=other.pk).exists() for model in HELD):
            _empty([other.pk])
            continue
        EmailAddress.objects.filter(user=other).delete()
        Person.objects.filter(pk=other.pk).update(email=None)
        audit.record(by=None, operation="change", what="took an address that was not shown to be theirs", subject=other)


def _empty(keys: list[UUID]) -> int:
    EmailAddress.objects.filter(user__in=keys).delete()
    # Emptied, not deleted: an account is never taken out, so that nothing can ever point at another one.
    Person.objects.filter(pk__in=keys).update(email=None, name="", password="", is_active=False, erased_at=clock.now())
    what = "emptied an account that nobody took up"
    audit.record_each(by=None, operation="erase", what=what, about=[(key, None) for key in keys])
    return len(keys)

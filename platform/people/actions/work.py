"""Somebody comes with the account of their organisation: whose account here it opens (ADR 0045)."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

import audit
from people import queries
from people.actions.accounts import add_person
from people.actions.telling import tell_ways
from people.errors import NoSuchPerson
from people.models import Person
from people.work import PROVIDER
from tenants.schemes import queries as boundary

NO_ADDRESS = "Your work account does not say that its email address is yours. Sign in another way."
UNKNOWN = (
    "We do not know this work account. Ask the manager of your scheme to invite you at its email address, or sign in "
    "the way you did before."
)
CLOSED = "The account that this work account opened is closed."


@transaction.atomic
def find_by_work_account(*, uid: str, email: str, name: str) -> SocialAccount:
    """The person it was used by before; else whoever has shown its address to be theirs, or is invited at it."""
    known = SocialAccount.objects.filter(provider=PROVIDER, uid=uid).select_related("user").first()
    if known is None:
        if not email:
            raise NoSuchPerson(NO_ADDRESS)
        known = _link(_whose(email) or _invited(email, name), uid)
    if not known.user.is_active:
        raise NoSuchPerson(CLOSED)
    return known


def _link(person: Person, uid: str) -> SocialAccount:
    audit.record(by=person, operation="change", what="linked a work account", subject=person)
    tell_ways(person, "work", queries.reached_at(person))
    account: SocialAccount = SocialAccount.objects.create(user=person, provider=PROVIDER, uid=uid, extra_data={})
    return account


def _whose(email: str) -> Person | None:
    shown = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return shown.user if shown else None


def _invited(email: str, name: str) -> Person:
    if not boundary.is_invited(email) or Person.objects.filter(email=email).exists():
        # Somebody may have made an account with this address who never showed that it is theirs.
        raise NoSuchPerson(UNKNOWN)
    return add_person(email=email, name=name)

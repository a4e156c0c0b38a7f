"""A second step when signing in: set up, taken away, and taken from somebody who lost everything (ADR 0045)."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

import audit
from people import queries
from people.actions.sessions import sign_out_everywhere
from people.actions.telling import tell_ways
from people.errors import NeedsSecondStep, NoSecondStep, NotByYou
from people.models import Person
from tenants.schemes import queries as boundary
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme


@transaction.atomic
def second_step_added(*, person: Person, by: Person) -> None:
    """A passkey or an app was set up; the person is told, in case it was not them."""
    audit.record(by=by, operation="change", what="set up a second step", subject=person)
    _tell(person, "added")


@transaction.atomic
def remove_second_step(*, person: Person, authenticator_id: int, by: Person) -> None:
    """Take a passkey or an app away, but never the last one of somebody who works for a scheme or nationally."""
    _lock(person)
    steps = queries.second_steps(person)
    if boundary.holds_a_staff_role(person.pk) and not steps.exclude(pk=authenticator_id).exists():
        raise NeedsSecondStep("You work here, so you need a second step. Set up another one first, then remove this.")
    steps.get(pk=authenticator_id).delete()
    if not steps.exists():
        Authenticator.objects.filter(user=person).delete()
    audit.record(by=by, operation="change", what="took a second step away", subject=person)
    _tell(person, "removed")


@transaction.atomic
def make_recovery_codes(*, person: Person, by: Person) -> None:
    """New recovery codes; the old ones work no longer."""
    _lock(person)
    if not queries.second_steps(person).exists():
        raise NoSecondStep("Set up a second step first. Recovery codes come with it.")
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    audit.record(by=by, operation="change", what="made new recovery codes", subject=person)
    _tell(person, "codes")


@transaction.atomic
def reset_second_step(*, person: Person, by: UUID | None) -> int:
    """Take every second step from somebody who lost them, and end their sign-ins; how many steps there were."""
    _lock(person)
    found = queries.second_steps(person).count()
    if not found:
        raise NoSecondStep("This person has no second step. They are asked to set one up at the next staff page.")
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person=person, by=None)
    with enter("public"):
        audit.record(by=by, operation="change", what="took the second step of somebody who lost it", subject=person)
        _tell(person, "reset")
    return found


@transaction.atomic
def help_colleague(*, membership: Membership, by: UUID) -> int:
    """A manager does so for somebody of their own team who works nowhere else."""
    scheme: Scheme = membership.scheme
    if membership.person_id == by:
        raise NotByYou("You cannot do this for yourself. Ask another manager, or whoever runs the service.")
    if boundary.works_elsewhere(scheme, membership.person_id):
        raise NotByYou("They have a role elsewhere too. Ask whoever runs the service to do this.")
    found = reset_second_step(person=queries.person(membership.person_id), by=by)
    what = "took the second step of somebody who lost it"
    with enter(scheme):
        audit.record(by=by, operation="change", what=what, subject=membership.person_id)
    return found


def _lock(person: Person) -> None:
    # So that two tabs do not take away one of two each.
    Person.objects.select_for_update().get(pk=person.pk)


def _tell(person: Person, what: str) -> None:
    tell_ways(person, what, queries.reached_at(person))

"""Staff and invitations of a scheme."""

from datetime import timedelta
from uuid import UUID

from kit import clock
from tenants.schemes import actions
from tenants.schemes.models import Absence, Invitation, Membership, Scheme
from tenants.schemes.rights import Role


def invited(
    scheme: Scheme, email: str, *, role: Role = Role.PRACTITIONER, by: UUID | None = None
) -> tuple[Invitation, str]:
    """An open invitation, with the token that its message holds."""
    invitation = actions.invite(scheme=scheme, email=email, role=role, by=by)
    return invitation, actions.invitation_token(invitation)


def works_at(scheme: Scheme, person_id: object, *, role: Role = Role.PRACTITIONER) -> Membership:
    """A role that runs."""
    return Membership.objects.create(scheme=scheme, person_id=person_id, role=role)


def away(scheme: Scheme, person_id: UUID, *, cover: UUID, days: int = 5) -> Absence:
    """Somebody who is away from today on, with cover."""
    today = clock.today()
    return actions.say_away(
        scheme=scheme, person_id=person_id, cover_id=cover, first_day=today, last_day=today + timedelta(days), by=None
    )

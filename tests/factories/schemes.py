"""Staff and invitations of a scheme."""

from tenants.schemes import actions
from tenants.schemes.models import Invitation, Membership, Scheme
from tenants.schemes.rights import Role


def invited(scheme: Scheme, email: str, *, role: Role = Role.PRACTITIONER) -> tuple[Invitation, str]:
    """An open invitation, with the token that its message holds."""
    invitation = actions.invite(scheme=scheme, email=email, role=role, by=None)
    return invitation, actions.invitation_token(invitation)


def works_at(scheme: Scheme, person_id: object, *, role: Role = Role.PRACTITIONER) -> Membership:
    """A role that runs."""
    return Membership.objects.create(scheme=scheme, person_id=person_id, role=role)

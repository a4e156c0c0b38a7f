"""The first source of rights: a staff role at a scheme, or a national one."""

from collections.abc import Iterable
from uuid import UUID

from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.rights import GRANTS, NationalRoleName, Permission, Role, register_source


def from_staff_roles(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """What a person's staff roles allow: at a scheme those of that scheme alone, on the platform the national ones."""
    if scheme is None:
        national = NationalRole.objects.of(person_id).running().values_list("role", flat=True)
        return {right for name in national for right in GRANTS[NationalRoleName(name)]}
    roles = Membership.objects.of(person_id).at(scheme).running().values_list("role", flat=True)
    return {right for name in roles for right in GRANTS[Role(name)]}


register_source(from_staff_roles, second_step=True)

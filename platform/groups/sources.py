"""Two sources of rights: a seat in a group, on the platform; and at a scheme, what the group agreed with it."""

from collections.abc import Iterable
from uuid import UUID

from groups.models import Agreement, GroupMembership
from groups.queries import my_groups
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, register_source


@register_source
def from_seats(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """On the platform, members see their groups."""
    if scheme is not None or not GroupMembership.objects.for_person(person_id).running().exists():
        return ()
    return (Permission.SEE_MY_GROUPS,)


@register_source
def from_agreements(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """At a scheme, members of a group see what the scheme agreed to share with it."""
    if scheme is None:
        return ()
    agreed = Agreement.objects.with_scheme(scheme.pk).running().filter(group__in=my_groups(person_id))
    return (Permission.SEE_GROUP_SPACE,) if agreed.exists() else ()

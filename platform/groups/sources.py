"""Two sources of rights: what a group agreed with a scheme, and a seat in a group."""

from collections.abc import Iterable
from uuid import UUID

from groups.models import Agreement, Group
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, register_source


@register_source
def from_agreements(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """At a scheme: what members of a group may see that has an agreement with it."""
    if scheme is None:
        return ()
    mine = Group.objects.for_member(person_id)
    agreed = Agreement.objects.with_scheme(scheme.pk).running().filter(group__in=mine).exists()
    return (Permission.SEE_GROUP_SPACE,) if agreed else ()


@register_source
def from_seats(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """On the platform: the pages of groups, for whoever has a seat in one."""
    if scheme is None and Group.objects.for_member(person_id).exists():
        return (Permission.SEE_MY_GROUPS,)
    return ()

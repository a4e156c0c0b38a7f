"""Two sources of rights: a seat in a group, on the platform; and at a scheme, what the group agreed with it."""

from collections.abc import Iterable
from uuid import UUID

from groups.models import Agreement, Group
from groups.queries import my_groups, seats_held
from groups.seats import Seat
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, register_source

# What a seat in a user-led group allows beside seeing the group.
OF_VISITS: dict[Seat, frozenset[Permission]] = {
    Seat.LEAD: frozenset({Permission.PLAN_VISITS, Permission.EDIT_QUESTIONS, Permission.LOG_VISITS}),
    Seat.MONITOR: frozenset({Permission.LOG_VISITS}),
}


@register_source
def from_seats(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """On the platform, members see their groups, and in user-led ones they do what their seat is for.

    There is some group in which they may: a page asks which.
    """
    held = seats_held(person_id) if scheme is None else set()
    of_visits = [OF_VISITS.get(Seat(seat), frozenset()) for seat, kind in held if kind == Group.Kind.USER_LED]
    return {Permission.SEE_MY_GROUPS}.union(*of_visits) if held else ()


@register_source
def from_agreements(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """At a scheme, members of a group see what the scheme agreed to share with it."""
    if scheme is None:
        return ()
    agreed = Agreement.objects.with_scheme(scheme.pk).running().filter(group__in=my_groups(person_id))
    return (Permission.SEE_GROUP_SPACE,) if agreed.exists() else ()

"""Groups with people in them."""

from itertools import count

from django.utils.text import slugify

from groups import actions
from groups.models import Agreement, Group, GroupInvitation, GroupMembership
from groups.seats import Seat, ordinary
from people.models import Person
from tenants.schemes.models import Scheme

_numbers = count(1)


def a_group(name: str = "", *, kind: str = Group.Kind.USER_LED, lead: Person | None = None) -> Group:
    """A group, with a lead if one is named."""
    called = name or f"Group {next(_numbers)}"
    group = Group.objects.create(name=called, slug=slugify(called), kind=kind)
    if lead is not None:
        seated(group, lead, seat=Seat.LEAD)
    return group


def seated(group: Group, person: Person, *, seat: str = "") -> GroupMembership:
    """Somebody with a seat: the ordinary one of the group, unless another is named."""
    return GroupMembership.objects.create(group=group, person_id=person.pk, seat=seat or ordinary(group.kind))


def invited(group: Group, email: str = "new@example.org", *, by: Person) -> GroupInvitation:
    """An invitation that can still be accepted."""
    return actions.invite(group=group, email=email, seat=ordinary(group.kind), by=by.pk)


def agreed(group: Group, scheme: Scheme) -> Agreement:
    """An agreement that runs."""
    return actions.agree(scheme=scheme, group=group, by=None)

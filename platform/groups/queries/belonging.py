"""Which groups somebody belongs to, who else does, and who is invited: always in the scope of a member or a group."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from groups.models import Group, GroupInvitation, GroupMembership
from groups.querysets import GroupQuerySet
from groups.seats import MONITORS, Seat
from people.queries import names


@dataclass(frozen=True, slots=True)
class Member:
    """A seat with the name of who has it."""

    name: str
    membership: GroupMembership


def my_groups(person_id: UUID) -> GroupQuerySet:
    """The groups a person has a seat in."""
    return Group.objects.for_member(person_id)


def my_group(person_id: UUID, slug: str) -> Group:
    """One of them; any other group is not found."""
    return get_object_or_404(my_groups(person_id), slug=slug)


def group_to_lead(person_id: UUID, slug: str) -> Group:
    """One of whatever kind that a person leads; any other is not found."""
    return get_object_or_404(Group.objects.for_member(person_id, seats=[Seat.LEAD]), slug=slug)


def user_led_group(person_id: UUID, slug: str) -> Group:
    """A user-led group in which a person has a seat; any other is not found."""
    return get_object_or_404(my_groups(person_id).user_led(), slug=slug)


def led_group(person_id: UUID, slug: str) -> Group:
    """A user-led group that a person leads; any other is not found."""
    return get_object_or_404(Group.objects.for_member(person_id, seats=[Seat.LEAD]).user_led(), slug=slug)


def group_where_monitor(person_id: UUID, slug: str) -> Group:
    """A user-led group with which a person goes on visits, as its lead too; any other is not found."""
    return get_object_or_404(groups_i_monitor_in(person_id), slug=slug)


def groups_i_monitor_in(person_id: UUID) -> GroupQuerySet:
    """The user-led groups with which a person goes on visits."""
    return Group.objects.for_member(person_id, seats=MONITORS).user_led()


def seats_held(person_id: UUID) -> set[tuple[str, str]]:
    """The seats that a person has today, each with the kind of its group."""
    held = GroupMembership.objects.for_person(person_id).running().filter(group__closed_at=None)
    return set(held.values_list("seat", "group__kind"))


def all_open_groups() -> GroupQuerySet:
    """Every group: for the national staff who set groups up, and for schemes that want to agree with one."""
    return Group.objects.open()


def slug_is_taken(slug: str) -> bool:
    """Whether a group of this name has the address already, also one that closed."""
    return Group.objects.filter(slug=slug).exists()


def user_led_groups() -> GroupQuerySet:
    """The groups that schemes can agree with."""
    return Group.objects.open().user_led()


def seat(person_id: UUID, group: Group) -> GroupMembership | None:
    """A person's seat in a group today."""
    return GroupMembership.objects.for_group(group).for_person(person_id).running().first()


def seat_by_id(membership_id: UUID) -> GroupMembership | None:
    """A seat that a message names, also one that has ended; nothing once it was erased."""
    return GroupMembership.objects.select_related("group").filter(pk=membership_id).first()


def is_led_by(group: Group, person_id: UUID) -> bool:
    """Whether somebody leads a group today, and so plans its visits and changes its questions."""
    held = seat(person_id, group)
    return held is not None and held.seat == Seat.LEAD


def is_needed_as_lead(membership: GroupMembership) -> bool:
    """Whether others would be left without a lead if this seat ended; the last one of all may go."""
    others = GroupMembership.objects.for_group(membership.group).running().exclude(pk=membership.pk)
    lead = GroupMembership.Seat.LEAD
    return membership.seat == lead and others.exists() and not others.filter(seat=lead).exists()


def members(group: Group) -> list[Member]:
    """Everybody with a seat, by name."""
    seats = list(GroupMembership.objects.for_group(group).running())
    known = names(one.person_id for one in seats)
    return sorted((Member(known.get(one.person_id, "Somebody"), one) for one in seats), key=lambda m: m.name.lower())


def leads_of_each(groups: Collection[Group], *, but: UUID) -> Mapping[UUID, list[str]]:
    """The names of those who lead each of these groups, but for one who asks, in two statements for all of them."""
    led = GroupMembership.objects.running().filter(group__in=groups, seat=Seat.LEAD)
    seats = [one for one in led if one.person_id != but]
    known = names(one.person_id for one in seats)
    found = defaultdict(list)
    for one in seats:
        found[one.group_id].append(known.get(one.person_id, "Somebody"))
    return found


def leads_by_id(groups: Collection[Group]) -> Mapping[UUID, set[UUID]]:
    """Who leads each of these groups, by group, in one statement for all of them."""
    found = defaultdict(set)
    for one in GroupMembership.objects.running().filter(group__in=groups, seat=Seat.LEAD):
        found[one.group_id].add(one.person_id)
    return found


def member(group: Group, membership_id: UUID) -> Member:
    """One seat of a group, with its name."""
    one = get_object_or_404(GroupMembership.objects.for_group(group).running(), pk=membership_id)
    return Member(names([one.person_id]).get(one.person_id, "Somebody"), one)


def open_invitations(group: Group) -> QuerySet[GroupInvitation]:
    """Who is invited to a group and has not answered."""
    return GroupInvitation.objects.for_group(group).open()


def open_invitation(group: Group, invitation_id: UUID) -> GroupInvitation:
    """One of them; that of any other group is not found."""
    return get_object_or_404(open_invitations(group), pk=invitation_id)


def invitation(token_hash: str) -> GroupInvitation | None:
    """The invitation that a link leads to, while it can be accepted."""
    return GroupInvitation.objects.open().select_related("group").filter(token_hash=token_hash).first()


def used_invitation(token_hash: str, person_id: UUID) -> GroupInvitation | None:
    """The same for whoever accepted it themselves."""
    used = GroupInvitation.objects.used_by(person_id).select_related("group")
    return used.filter(token_hash=token_hash).first()

"""What pages ask about groups: always in the scope of a member, a group or a scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from groups.models import Agreement, Group, GroupInvitation, GroupMembership
from people.queries import names
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class Member:
    """A seat with the name of who has it."""

    name: str
    membership: GroupMembership


@dataclass(frozen=True, slots=True)
class SchemeAgreement:
    """An agreement with the scheme it was made with."""

    agreement: Agreement
    scheme: Scheme | None


def my_groups(person_id: UUID) -> QuerySet[Group]:
    """The groups a person has a seat in."""
    return Group.objects.for_member(person_id)


def my_group(person_id: UUID, slug: str) -> Group:
    """One of them; any other group is not found."""
    return get_object_or_404(my_groups(person_id), slug=slug)


def all_open_groups() -> QuerySet[Group]:
    """Every group: for the national staff who set groups up, and for schemes that want to agree with one."""
    return Group.objects.open()


def slug_is_taken(slug: str) -> bool:
    """Whether a group of this name has the address already, also one that closed."""
    return Group.objects.filter(slug=slug).exists()


def user_led_groups() -> QuerySet[Group]:
    """The groups that schemes can agree with."""
    return Group.objects.open().filter(kind=Group.Kind.USER_LED)


def groups_to_agree_with(scheme: Scheme) -> QuerySet[Group]:
    """Those with which a scheme has no agreement yet."""
    return user_led_groups().exclude(pk__in=agreements_with(scheme).values("group"))


def seat(person_id: UUID, group: Group) -> GroupMembership | None:
    """A person's seat in a group today."""
    return GroupMembership.objects.for_group(group).for_person(person_id).running().first()


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


def agreements_of(group: Group) -> list[SchemeAgreement]:
    """What a group agreed with schemes, and with which."""
    running = list(Agreement.objects.for_group(group).running())
    schemes: Mapping[UUID, Scheme] = Scheme.objects.in_bulk([one.scheme_id for one in running])
    return [SchemeAgreement(one, schemes.get(one.scheme_id)) for one in running]


def agreements_with(scheme: Scheme) -> QuerySet[Agreement]:
    """What a scheme agreed, with the groups."""
    return Agreement.objects.with_scheme(scheme.pk).running().select_related("group").order_by("group__name")


def my_agreements_with(person_id: UUID, scheme: Scheme) -> QuerySet[Agreement]:
    """The agreements through which a person is at a scheme: those of their own groups."""
    return agreements_with(scheme).filter(group__in=my_groups(person_id))

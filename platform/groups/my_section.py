"""“My groups” on “My Alongside”, and what of groups is erased with a person's address."""

from uuid import UUID

from django.urls import reverse

from groups.models import GroupInvitation
from groups.queries import my_groups
from kit import clock
from people.erasure import erases_by_address, withdraws_invitations
from people.sections import Link, Section, register


@register
def section(person_id: UUID) -> Section | None:
    """The groups a person belongs to; nothing at all for who belongs to none."""
    links = [Link(group.name, reverse("group", args=[group.slug])) for group in my_groups(person_id)]
    return Section("My groups", links) if links else None


@erases_by_address
def erase_invitations(addresses: set[str]) -> None:
    """Invitations to groups that were sent to the person."""
    GroupInvitation.objects.sent_to(addresses).delete()


@withdraws_invitations
def withdraw_invitations(person_id: UUID) -> None:
    """Invitations to groups that the person sent and nobody has accepted yet."""
    GroupInvitation.objects.open().sent_by(person_id).update(withdrawn_at=clock.now())

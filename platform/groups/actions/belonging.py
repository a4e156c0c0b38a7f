"""Groups: set up, invite, join, leave, lead."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

import audit
from groups import queries
from groups.actions.readiness import forget
from groups.errors import (
    AlreadyInvited,
    InvitationForAnother,
    InvitationUsed,
    LastLead,
    NameTaken,
    NotASeatHere,
)
from groups.models import Group, GroupInvitation, GroupMembership
from groups.seats import MONITORS, ordinary
from kit import clock, outbox, tokens

INVITATION_LIVES = timedelta(hours=72)
USED = "This invitation has been used, taken back, or is older than 72 hours. Ask whoever invited you for a new one."
NEEDS_A_LEAD = "A group needs a lead. Make somebody else lead first."
LEAD = GroupMembership.Seat.LEAD


def invitation_token(invitation: GroupInvitation) -> str:
    """The secret of an invitation, made anew from its id whenever the mail is written (`tenants.schemes.actions`)."""
    return salted_hmac("groups.invitation", str(invitation.pk), algorithm="sha256").hexdigest()


@transaction.atomic
def create(*, name: str, kind: str, purpose: str, lead_email: str, by: UUID | None) -> Group:
    """Set a group up and invite its first lead, who alone decides from then on who belongs."""
    slug = slugify(name)[:60].strip("-")
    if not slug or queries.slug_is_taken(slug):
        raise NameTaken("There is already a group with this name. Choose another name.")
    group = Group.objects.create(name=name.strip(), slug=slug, kind=kind, purpose=purpose.strip())
    audit.record(by=by, operation="change", what="set up a group", thing=group)
    invite(group=group, email=lead_email, seat=LEAD, by=by)
    return group


@transaction.atomic
def invite(*, group: Group, email: str, seat: str, by: UUID | None) -> GroupInvitation:
    """Invite whoever has this address to a seat; the mail follows through the outbox."""
    _refuse_seat_of_another_kind(group, seat)
    address = email.strip().lower()
    if queries.open_invitations(group).filter(email=address).exists():
        raise AlreadyInvited("There is already an invitation for this address. Wait for their answer.")
    invitation = GroupInvitation(
        group=group, email=address, seat=seat, invited_by_id=by, expires_at=clock.now() + INVITATION_LIVES
    )
    invitation.token_hash = tokens.fingerprint(invitation_token(invitation))
    invitation.save(force_insert=True)
    audit.record(by=by, operation="change", what="invited somebody to a group", thing=group)
    outbox.put("groups.invited", key=invitation.pk, in_schema="public", invitation=invitation.pk)
    return invitation


@transaction.atomic
def join(*, token_hash: str, addresses: Collection[str], by: UUID) -> GroupMembership:
    """Take the seat one was invited to, once, with an account that has shown the invited address to be its own."""
    invitation = GroupInvitation.objects.open().select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    if invitation is None:
        raise InvitationUsed(USED)
    if invitation.email not in addresses:
        raise InvitationForAnother(
            "This invitation was sent to another email address. Sign in with that address, or ask for a new invitation."
        )
    invitation.accepted_at, invitation.accepted_by_id = clock.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by_id"])
    return queries.seat(by, invitation.group) or _seat(invitation, by)


@transaction.atomic
def withdraw_invitation(*, invitation: GroupInvitation, by: UUID | None) -> None:
    """Take an invitation back while nobody has accepted it."""
    open_one = GroupInvitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if open_one is None:
        raise InvitationUsed("This invitation can no longer be taken back: it has been used or has run out.")
    open_one.withdrawn_at = clock.now()
    open_one.save(update_fields=["withdrawn_at"])
    audit.record(by=by, operation="change", what="took back an invitation to a group", thing=open_one.group)


@transaction.atomic
def leave(*, membership: GroupMembership, by: UUID) -> None:
    """Give up a seat, or end another's as their lead: it allows nothing any more, and what was kept for it goes."""
    Group.objects.open().select_for_update().get(pk=membership.group_id)
    if queries.is_needed_as_lead(membership):
        raise LastLead(NEEDS_A_LEAD)
    membership.until = max(clock.today(), membership.since)
    membership.save(update_fields=["until"])
    forget(membership)
    _goes_no_more(membership)
    what = "left a group" if by == membership.person_id else "ended a seat in a group"
    audit.record(by=by, operation="change", what=what, subject=membership.person_id, thing=membership.group)
    _take_back_invitations(membership, by=by)


@transaction.atomic
def change_seat(*, membership: GroupMembership, seat: str, capacity: str, by: UUID) -> GroupMembership:
    """Give somebody another of the group's seats, and say whether they speak as themselves or for the group."""
    _refuse_seat_of_another_kind(Group.objects.open().select_for_update().get(pk=membership.group_id), seat)
    leads = GroupMembership.objects.for_group(membership.group).running().filter(seat=LEAD)
    if membership.seat == LEAD and seat != LEAD and not leads.exclude(pk=membership.pk).exists():
        raise LastLead(NEEDS_A_LEAD)
    led = membership.seat == LEAD
    membership.seat, membership.capacity = seat, capacity
    membership.save(update_fields=["seat", "capacity"])
    if seat not in MONITORS:
        _goes_no_more(membership)
    elif led and seat != LEAD:
        outbox.put("groups.leads_no_more", key=uuid4(), in_schema="public", member=membership.pk)
    audit.record(
        by=by,
        operation="change",
        what="changed a seat in a group",
        subject=membership.person_id,
        thing=membership.group,
    )
    if seat != LEAD:
        _take_back_invitations(membership, by=by)
    return membership


def _goes_no_more(membership: GroupMembership) -> None:
    """Whoever keeps what they write on visits lets go of it (`peer_monitoring`)."""
    outbox.put("groups.goes_no_more", key=uuid4(), in_schema="public", member=membership.pk)


def _take_back_invitations(membership: GroupMembership, *, by: UUID) -> None:
    """Who no longer leads leaves no invitation behind by which they, or friends of theirs, come back."""
    for invitation in queries.open_invitations(membership.group).filter(invited_by_id=membership.person_id):
        withdraw_invitation(invitation=invitation, by=by)


def _refuse_seat_of_another_kind(group: Group, seat: str) -> None:
    if seat not in group.own_seats:
        raise NotASeatHere("This group has no such seat. Choose one of those on the page.")


def _seat(invitation: GroupInvitation, person_id: UUID) -> GroupMembership:
    group = invitation.group
    # The version before this one invited members to user-led groups too.
    seat = invitation.seat if invitation.seat in group.own_seats else ordinary(group.kind)
    membership = GroupMembership.objects.create(group=group, person_id=person_id, seat=seat)
    audit.record(by=person_id, operation="change", what="joined a group", subject=person_id, thing=invitation.group)
    return membership

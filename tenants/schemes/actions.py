"""Who works for a scheme and where: invitations, roles, sites. Each is written in the audit of its scheme."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

import audit
from kit import clock, outbox, tokens
from kit.dates import short_day
from kit.models import OutboxMessage
from tenants.schemes.entering import enter
from tenants.schemes.errors import (
    AlreadyInTheTeam,
    CannotBeAway,
    InvitationForAnother,
    InvitationUsed,
    LastManager,
    SiteNameTaken,
)
from tenants.schemes.models import Absence, Invitation, Membership, NationalRole, Scheme, Site
from tenants.schemes.rights import NationalRoleName, Permission, Role, rights_of

INVITATION_LIVES = timedelta(hours=72)
USED = "This invitation has been used, taken back, or is older than 72 hours. Ask whoever invited you for a new one."


def invitation_token(invitation: Invitation) -> str:
    """The secret of an invitation, made anew from its id and the service's own key whenever the mail is written.

    So nothing but its hash is stored, the outbox carries an id alone, and a mail that is sent again after a crash holds
    the same link as the first. Whoever reads the database but not the key can make no link from it.
    """
    return salted_hmac("schemes.invitation", str(invitation.pk), algorithm="sha256").hexdigest()


@transaction.atomic
def invite(*, scheme: Scheme, email: str, role: Role | str, by: UUID | None) -> Invitation:
    """Invite whoever has this address to one role; the mail follows through the outbox."""
    address = email.strip().lower()
    if Invitation.objects.at(scheme).open().filter(email=address, role=role).exists():
        raise AlreadyInTheTeam("There is already an invitation for this address and role. Wait for their answer.")
    invitation = Invitation(
        scheme=scheme, email=address, role=role, invited_by_id=by, expires_at=clock.now() + INVITATION_LIVES
    )
    invitation.token_hash = tokens.fingerprint(invitation_token(invitation))
    invitation.save(force_insert=True)
    _record(scheme, by, "invited somebody to the team")
    outbox.put("schemes.invited", key=invitation.pk, in_schema="public", invitation=invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: UUID | None) -> None:
    """Take an invitation back while nobody has accepted it."""
    open_one = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if open_one is None:
        raise InvitationUsed("This invitation can no longer be taken back: it has been used or has run out.")
    open_one.withdrawn_at = clock.now()
    open_one.save(update_fields=["withdrawn_at"])
    _record(open_one.scheme, by, "took back an invitation to the team")


@transaction.atomic
def accept_invitation(*, token_hash: str, addresses: Collection[str], by: UUID) -> Membership:
    """Take up the role one was invited to, once, with an account that has shown the invited address to be its own."""
    invitation = Invitation.objects.open().select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    if invitation is None:
        raise InvitationUsed(USED)
    if invitation.email not in addresses:
        raise InvitationForAnother(
            "This invitation was sent to another email address. Sign in with that address, or ask for a new invitation."
        )
    invitation.accepted_at, invitation.accepted_by_id = clock.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by_id"])
    held = Membership.objects.of(by).at(invitation.scheme).running().filter(role=invitation.role).first()
    return held or give_role(scheme=invitation.scheme, person_id=by, role=invitation.role, by=invitation.invited_by_id)


@transaction.atomic
def give_role(*, scheme: Scheme, person_id: UUID, role: Role | str, by: UUID | None) -> Membership:
    """From today a person has a role at a scheme."""
    if Membership.objects.of(person_id).at(scheme).running().filter(role=role).exists():
        raise AlreadyInTheTeam("This person already has that role here.")
    membership = Membership.objects.create(scheme=scheme, person_id=person_id, role=role, by_id=by)
    _record(scheme, by, "gave somebody a role", subject=person_id)
    _membership_changed(membership, "given")
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: UUID | None) -> Membership:
    """The role ends now: from the next request on it allows nothing."""
    scheme = membership.scheme
    # Locked, so that two managers who end each other's role at the same moment do not leave nobody.
    managers = list(Membership.objects.at(scheme).running().filter(role=Role.MANAGER).select_for_update(of=("self",)))
    if membership.role == Role.MANAGER and not any(manager.pk != membership.pk for manager in managers):
        raise LastManager("This is the only manager. Give somebody else that role first.")
    membership.until = max(clock.today(), membership.since)
    membership.save(update_fields=["until"])
    _record(scheme, by, "ended a role", subject=membership.person_id)
    _take_back_invitations(scheme, membership.person_id, by=by)
    _membership_changed(membership, "ended")
    return membership


@transaction.atomic
def say_away(
    *, scheme: Scheme, person_id: UUID, cover_id: UUID, first_day: date, last_day: date, by: UUID | None
) -> Absence:
    """Somebody is away from a day to a day, and somebody covers; it ends by itself. Sent again, it is the same one."""
    # Locked, so that the same form sent twice at once does not make somebody away twice.
    here = list(Membership.objects.at(scheme).running().of(person_id).select_for_update(of=("self",)))
    if not here or not Membership.objects.at(scheme).running().of(cover_id).exists() or cover_id == person_id:
        raise CannotBeAway("Choose somebody else who works here now.", field="cover")
    if last_day < first_day or last_day < clock.today():
        raise CannotBeAway("Give a last day that is not before the first, and not over.", field="last_day")
    other = Absence.objects.at(scheme).of(person_id).meeting(first_day, last_day).first()
    if other and (other.first_day, other.last_day, other.cover_id) == (first_day, last_day, cover_id):
        return other
    if other:
        days = f"{short_day(other.first_day)} to {short_day(other.last_day)}"
        raise CannotBeAway(f"{days} is written down already. Take that back first.", field="first_day")
    absence = Absence.objects.create(
        scheme=scheme, person_id=person_id, cover_id=cover_id, first_day=first_day, last_day=last_day, by_id=by
    )
    _record(scheme, by, "wrote down that somebody is away", subject=person_id)
    return absence


@transaction.atomic
def take_back_absence(*, absence: Absence, by: UUID | None) -> None:
    """They are not away after all, or are back earlier."""
    if Absence.objects.at(absence.scheme).filter(pk=absence.pk).update(taken_back_at=clock.now()):
        _record(absence.scheme, by, "took back that somebody is away", subject=absence.person_id)


@transaction.atomic
def give_national_role(*, person_id: UUID, role: NationalRoleName | str, by: UUID | None) -> NationalRole:
    """From today a person has a national role, or operates the service."""
    held, new = NationalRole.objects.running().get_or_create(
        person_id=person_id, role=role, until=None, defaults={"by_id": by}
    )
    if new:
        audit.record(by=by, operation="change", what="gave somebody a national role", subject=person_id)
    return held


@transaction.atomic
def end_national_role(*, role: NationalRole, by: UUID | None) -> NationalRole:
    """The national role ends now."""
    role.until = max(clock.today(), role.since)
    role.save(update_fields=["until"])
    audit.record(by=by, operation="change", what="ended a national role", subject=role.person_id)
    return role


@transaction.atomic
def add_site(*, scheme: Scheme, name: str, kind: str, by: UUID | None) -> Site:
    """A place where the scheme meets people."""
    if Site.objects.filter(scheme=scheme, name__iexact=name.strip()).exists():
        raise SiteNameTaken("There is already a site with this name. Give it another name.")
    site = Site.objects.create(scheme=scheme, name=name.strip(), kind=kind)
    _record(scheme, by, "added a site")
    return site


@transaction.atomic
def close_site(*, site: Site, on: date, by: UUID | None) -> Site:
    """Nobody meets people there any more from this day; what was said there stays."""
    site.closed_on = on
    site.save(update_fields=["closed_on"])
    _record(site.scheme, by, "closed a site")
    return site


@transaction.atomic
def retry_letter(*, letter: OutboxMessage, by: UUID | None) -> None:
    """Try a dead letter again."""
    outbox.retry(message=letter, by=by)
    audit.record(by=by, operation="change", what="had a dead letter tried again", thing=letter)


@transaction.atomic
def give_letter_up(*, letter: OutboxMessage, by: UUID | None, reason: str) -> None:
    """Lay a dead letter aside for good; the reason stands with the letter."""
    outbox.give_up(message=letter, by=by, reason=reason)
    audit.record(by=by, operation="change", what="laid a dead letter aside", thing=letter)


def _record(scheme: Scheme, by: UUID | None, what: str, *, subject: UUID | None = None) -> None:
    # Invitations are accepted on the platform's host; the scheme's manager reads of it in the scheme's own audit.
    with enter(scheme):
        audit.record(by=by, operation="change", what=what, subject=subject)


def _take_back_invitations(scheme: Scheme, person_id: UUID, *, by: UUID | None) -> None:
    """Whoever may no longer invite leaves no invitation behind by which they come back under another address."""
    if Permission.MANAGE_TEAM in rights_of(person_id, scheme):
        return
    for invitation in Invitation.objects.at(scheme).open().filter(invited_by_id=person_id):
        withdraw_invitation(invitation=invitation, by=by)


def _membership_changed(membership: Membership, how: str) -> None:
    outbox.put(
        "schemes.membership_changed",
        key=f"{membership.pk}:{how}",
        in_schema=membership.scheme.schema_name,
        person=membership.person_id,
    )

"""What pages and commands ask of the boundary: always of one scheme, one person, or one secret."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from tenants.schemes.models import Domain, Invitation, Membership, NationalRole, Scheme, Site
from tenants.schemes.querysets import InvitationQuerySet, MembershipQuerySet, SchemeQuerySet, SiteQuerySet


def all_schemes() -> SchemeQuerySet:
    """Every scheme by name, with the number of its sites."""
    return Scheme.objects.with_site_count().order_by("name")


def live_schema_names() -> list[str]:
    """The schemas whose clocks run: closed schemes' do not."""
    return list(Scheme.objects.with_data().values_list("schema_name", flat=True))


def open_schemes() -> SchemeQuerySet:
    """The schemes whose site answers, by name."""
    return Scheme.objects.live()


def open_scheme(scheme_id: UUID | None) -> Scheme | None:
    """One of them; nothing for any other."""
    return open_schemes().filter(pk=scheme_id).first()


def scheme_at(host: str) -> Scheme | None:
    """The scheme that a host name leads to, whatever its status."""
    domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    return domain.tenant if domain else None


def national_role(person_id: UUID, role: str) -> NationalRole | None:
    """The national role of this name that a person holds today."""
    return NationalRole.objects.of(person_id).running().filter(role=role).first()


def sites(scheme: Scheme) -> SiteQuerySet:
    """Where a scheme meets people, and where it did."""
    return Site.objects.at(scheme)


def site(scheme: Scheme, site_id: UUID | None) -> Site | None:
    """One of them, closed or not; nothing for that of another scheme."""
    return sites(scheme).filter(pk__in=[site_id]).first()


def open_site(scheme: Scheme, site_id: UUID) -> Site:
    """One that is not closed; any other is not found."""
    return get_object_or_404(sites(scheme), pk=site_id, closed_on=None)


def members(scheme: Scheme) -> MembershipQuerySet:
    """Who works for a scheme today, a row for each role."""
    return Membership.objects.at(scheme).running()


def member(scheme: Scheme, membership_id: UUID) -> Membership:
    """One of these rows; any other is not found."""
    return get_object_or_404(members(scheme), pk=membership_id)


def roles_of(scheme: Scheme, person_id: UUID) -> list[str]:
    """What one person works as at a scheme today."""
    return [one.get_role_display() for one in members(scheme).of(person_id)]


def staff_ever(scheme: Scheme) -> set[UUID]:
    """Who works or has worked for a scheme."""
    return set(Membership.objects.at(scheme).values_list("person_id", flat=True))


def open_invitations(scheme: Scheme) -> InvitationQuerySet:
    """Who is invited to a scheme's team and has not answered."""
    return Invitation.objects.at(scheme).open()


def open_invitation(scheme: Scheme, invitation_id: UUID) -> Invitation:
    """One of them; any other is not found."""
    return get_object_or_404(open_invitations(scheme), pk=invitation_id)


def invited_by_link(token_hash: str) -> Invitation | None:
    """The invitation that a link leads to, while it can be accepted."""
    return Invitation.objects.open().select_related("scheme").filter(token_hash=token_hash).first()


def used_by(person_id: UUID, token_hash: str) -> Invitation | None:
    """The invitation that a link led to, if this person has accepted it."""
    return Invitation.objects.accepted_by(person_id).select_related("scheme").filter(token_hash=token_hash).first()

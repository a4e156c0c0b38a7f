"""What pages and commands ask of the boundary: always of one scheme, one person, or one secret."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404

from kit import clock
from tenants.schemes.models import Absence, Domain, Invitation, Membership, NationalRole, Scheme, Site
from tenants.schemes.querysets import (
    AbsenceQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    SchemeQuerySet,
    SiteQuerySet,
)


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


def by_id(scheme_ids: Iterable[UUID | None]) -> dict[UUID | None, Scheme]:
    """Each of these by its id, closed or not, in one question at most."""
    wanted = {pk for pk in scheme_ids if pk}
    return {one.pk: one for one in Scheme.objects.filter(pk__in=wanted)} if wanted else {}


def scheme_at(host: str) -> Scheme | None:
    """The scheme that a host name leads to, whatever its status."""
    domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    return domain.tenant if domain else None


def names_of_schemas() -> dict[str, str]:
    """The name of the scheme that each schema belongs to, also of one that is closed."""
    return dict(Scheme.objects.values_list("schema_name", "name"))


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


def holds_a_staff_role(person_id: UUID) -> bool:
    """Whether somebody works for any scheme, or nationally, today."""
    return any(model.objects.of(person_id).running().exists() for model in (Membership, NationalRole))


def works_elsewhere(scheme: Scheme, person_id: UUID) -> bool:
    """Whether somebody has a role today that this scheme did not give."""
    elsewhere = Membership.objects.of(person_id).running().exclude(scheme=scheme)
    return elsewhere.exists() or NationalRole.objects.of(person_id).running().exists()


def staff_ever(scheme: Scheme) -> set[UUID]:
    """Who works or has worked for a scheme."""
    return set(Membership.objects.at(scheme).values_list("person_id", flat=True))


def absences(scheme: Scheme) -> AbsenceQuerySet:
    """Who is away from a scheme today, or will be."""
    return Absence.objects.at(scheme).not_over()


def covers(scheme: Scheme, *, on: date | None = None) -> dict[UUID, UUID]:
    """Who covers for whom on a day, by the id of who is away; only covers who still work there."""
    away = Absence.objects.at(scheme).on(on or clock.today())
    here = set(members(scheme).values_list("person_id", flat=True))
    return {one.person_id: one.cover_id for one in away if one.cover_id in here}


def away_today(scheme: Scheme) -> set[UUID]:
    """Who said that they are away today, whether or not somebody covers for them."""
    return set(Absence.objects.at(scheme).on(clock.today()).values_list("person_id", flat=True))


def covered_by(scheme: Scheme, person_id: UUID) -> AbsenceQuerySet:
    """Whom somebody covers for today."""
    return Absence.objects.at(scheme).on(clock.today()).filter(cover_id=person_id)


def with_covers(scheme: Scheme, person_ids: Iterable[UUID]) -> set[UUID]:
    """These people, and whoever covers for them today, and for those in turn."""
    cover_of, found = covers(scheme), set(person_ids)
    to_do = list(found)
    while to_do:
        cover = cover_of.get(to_do.pop())
        if cover is not None and cover not in found:
            found.add(cover)
            to_do.append(cover)
    return found


def seats_of(scheme: Scheme, person_id: UUID) -> list[Membership]:
    """The roles that somebody answers for today: their own, and those of people they cover for."""
    here = list(members(scheme))
    away = covers(scheme)
    for_whom, to_do = {person_id}, [person_id]
    while to_do:
        cover = to_do.pop()
        new = {one for one, by in away.items() if by == cover} - for_whom
        for_whom |= new
        to_do += new
    return [one for one in here if one.person_id in for_whom]


def open_invitations(scheme: Scheme) -> InvitationQuerySet:
    """Who is invited to a scheme's team and has not answered."""
    return Invitation.objects.at(scheme).open()


def open_invitation(scheme: Scheme, invitation_id: UUID) -> Invitation:
    """One of them; any other is not found."""
    return get_object_or_404(open_invitations(scheme), pk=invitation_id)


def is_invited(email: str) -> bool:
    """Whether somebody at this address is invited to any scheme, and has not answered."""
    return Invitation.objects.open().filter(email=email).exists()


def invited_by_link(token_hash: str) -> Invitation | None:
    """The invitation that a link leads to, while it can be accepted."""
    return Invitation.objects.open().select_related("scheme").filter(token_hash=token_hash).first()


def used_by(person_id: UUID, token_hash: str) -> Invitation | None:
    """The invitation that a link led to, if this person has accepted it."""
    return Invitation.objects.accepted_by(person_id).select_related("scheme").filter(token_hash=token_hash).first()

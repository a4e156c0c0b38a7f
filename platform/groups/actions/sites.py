"""Which places let a group in: its lead writes down who said so."""

from datetime import date
from uuid import UUID

from django.db import transaction

import audit
from groups.actions.agreements import held
from groups.errors import AlreadyPermitted, NoLongerOpen, NotTheirSite
from groups.models import Agreement, HostPermission
from groups.sides import Side, add, change
from kit import clock
from tenants.schemes.models import Site


@transaction.atomic
def permit_site(
    *,
    agreement: Agreement,
    site: Site,
    given_by_role: str,
    given_by_organisation: str,
    given_on: date,
    since: date,
    until: date | None,
    conditions: str,
    by: UUID,
) -> HostPermission:
    """The lead writes down that a place lets the group in, from a day on."""
    agreement = held(agreement)
    if site.scheme_id != agreement.scheme_id:
        raise NotTheirSite("This place belongs to another service.")
    if HostPermission.objects.under(agreement).to_enter(site.pk).meeting(since, until).exists():
        raise AlreadyPermitted("There is already a permission for a part of that time. End it first.")
    permission = add(
        Side.GROUP, HostPermission, agreement=agreement, site_id=site.pk, given_by_role=given_by_role,
        given_by_organisation=given_by_organisation, given_on=given_on, since=since, until=until,
        conditions=conditions, by_id=by,
    )  # fmt: skip
    audit.record(by=by, operation="change", what="wrote down that a place lets a group in", thing=permission)
    return permission


@transaction.atomic
def end_permission(*, permission: HostPermission, reason: str, by: UUID) -> HostPermission:
    """The place lets the group in no longer, from today on, and why."""
    one = HostPermission.objects.under(permission.agreement).select_for_update().get(pk=permission.pk)
    if one.is_over:
        raise NoLongerOpen("This permission has ended already.")
    change(Side.GROUP, one, until=max(clock.today(), one.since), ended_reason=reason)
    audit.record(by=by, operation="change", what="ended the permission of a place", thing=one)
    return one

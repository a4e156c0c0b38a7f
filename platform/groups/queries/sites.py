"""Which places let a group in, and on which day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from groups.models import Agreement, Group, HostPermission
from tenants.schemes import queries as boundary
from tenants.schemes.models import Scheme, Site


@dataclass(frozen=True, slots=True)
class SiteToAsk:
    """A site of the scheme, and the permission that holds or is to come, if there is one."""

    site: Site
    permission: HostPermission | None


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site that lets the group in on a day."""

    site: Site
    scheme: Scheme
    permission: HostPermission


def sites_open_to(group: Group, day: date) -> list[OpenSite]:
    """Where a group may go on a day: its agreement runs then, the place lets it in then, and the place is open."""
    agreed = Agreement.objects.for_group(group).running(on=day)
    given = HostPermission.objects.running(on=day).filter(agreement__in=agreed).select_related("agreement")
    by_site = {one.site_id: one for one in given}
    sites = Site.objects.select_related("scheme").filter(pk__in=by_site).order_by("scheme__name", "name")
    return [
        OpenSite(site, site.scheme, by_site[site.pk])
        for site in sites
        if _is_open(site, day) and site.scheme_id == by_site[site.pk].agreement.scheme_id
    ]


@dataclass(frozen=True, slots=True)
class LetIn:
    """What lets groups into places, read once for any number of visits."""

    given: Sequence[HostPermission]

    def to(self, site: Site, group_id: UUID, day: date) -> HostPermission | None:
        """What lets a group in there on a day, as `sites_open_to` finds it; nothing where nobody does."""
        found = [one for one in self.given if _holds(one, site, group_id, day)]
        return found[-1] if found and _is_open(site, day) else None

    def waits_for_scheme(self, site: Site, group_id: UUID, day: date) -> bool:
        """Whether the place itself lets a group in on a day, and only its scheme is suspended or closed."""
        holds = any(_holds(one, site, group_id, day) for one in self.given)
        return holds and not site.scheme.is_open and not _is_closed(site, day)


def permissions_of_each(groups: Collection[Group]) -> LetIn:
    """All that these groups were given, in one statement."""
    return LetIn(list(HostPermission.objects.given_to(groups).select_related("agreement")))


def sites_to_ask(agreement: Agreement, scheme: Scheme) -> list[SiteToAsk]:
    """The open sites of the scheme with which a group agreed, each with its permission."""
    by_site: dict[UUID, HostPermission] = {}
    # The one that begins first comes last, and is the one that is shown.
    for permission in HostPermission.objects.under(agreement).not_over():
        by_site[permission.site_id] = permission
    return [SiteToAsk(site, by_site.get(site.pk)) for site in boundary.sites(scheme).filter(closed_on=None)]


def site_to_ask(agreement: Agreement, scheme: Scheme | None, site_id: UUID) -> Site:
    """One site of that scheme; any other is not found."""
    if scheme is None or scheme.pk != agreement.scheme_id:
        raise Http404
    return boundary.open_site(scheme, site_id)


def permissions(agreement: Agreement, site: Site) -> list[HostPermission]:
    """Every permission that there was for a site, the last to begin first."""
    return list(HostPermission.objects.under(agreement).to_enter(site.pk))


def permission(agreement: Agreement, permission_id: UUID) -> HostPermission:
    """One that holds or is to come; any other is not found."""
    return get_object_or_404(HostPermission.objects.under(agreement).not_over(), pk=permission_id)


def _is_open(site: Site, day: date) -> bool:
    return site.scheme.is_open and not _is_closed(site, day)


def _is_closed(site: Site, day: date) -> bool:
    return site.closed_on is not None and site.closed_on <= day


def _holds(permission: HostPermission, site: Site, group_id: UUID, day: date) -> bool:
    agreement = permission.agreement
    is_this = (permission.site_id, agreement.group_id, agreement.scheme_id) == (site.pk, group_id, site.scheme_id)
    return is_this and all(
        one.since <= day and (one.until is None or day < one.until) for one in (permission, agreement)
    )


def permitted_sites(group: Group) -> list[Site]:
    """Where a group is let in now or later, for whoever chooses a place before a day; a closed place is left out."""
    agreed = Agreement.objects.for_group(group).not_over()
    given = HostPermission.objects.not_over().filter(agreement__in=agreed)
    sites = Site.objects.filter(pk__in=given.values("site_id"), closed_on=None)
    return list(sites.select_related("scheme").order_by("scheme__name", "name"))

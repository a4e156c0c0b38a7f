"""Whether a place lets a group in on a day, and if not, why: in words that say what to do."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from groups.models import Agreement, Group
from groups.queries import permissions_of_each
from kit import clock
from kit.dates import short_day
from peer_monitoring.errors import NotLetIn, SchemeShut
from peer_monitoring.models import Visit
from peer_monitoring.rules import why_no_visit
from tenants.schemes.models import Site

PLACE_CLOSED = "{site} is closed. Choose another place."
PLACE_CLOSES = "{site} is closed from {day} on. Choose another place, or an earlier day."
NO_AGREEMENT = (
    "No agreement of your group with {scheme} holds on that day. Choose another day, or ask {scheme} for a new one."
)
NOT_LET_IN = "No permission of this place holds on that day. Choose another day, or write the permission down first."
SCHEME_SHUT = "{shut} The permission of the place stands. Ask {scheme}, or choose another place."
# Of a place that a programme goes to.
NOBODY_TODAY = (
    "No permission of this place holds today. Write it down with the agreement before you plan a visit there, or take "
    "the place away."
)
CLOSED_TODAY = "This place is closed. Take it away."
# For whoever goes.
DO_NOT_GO = "No permission of this place holds on that day. Do not go in. Ask whoever leads your group."
DO_NOT_GO_YET = "The pages of {scheme} are closed. Do not go in before whoever leads your group says that you can."


def why_not_let_in(group: Group, site: Site, day: date) -> NotLetIn | None:
    """What keeps a group out of a place on a day, for whoever plans; nothing where it is let in."""
    let_in, where = permissions_of_each([group]), (site, group.pk, day)
    if let_in.to(*where):
        return None
    if site.closed_on is not None and site.closed_on <= day:
        words = PLACE_CLOSES if site.closed_on > clock.today() else PLACE_CLOSED
        return NotLetIn(words.format(site=site.name, day=short_day(site.closed_on)))
    if let_in.waits_for_scheme(*where):
        return SchemeShut(SCHEME_SHUT.format(shut=why_no_visit(site.scheme), scheme=site.scheme))
    if not Agreement.objects.for_group(group).running(on=day).with_scheme(site.scheme_id).exists():
        return NotLetIn(NO_AGREEMENT.format(scheme=site.scheme))
    return NotLetIn(NOT_LET_IN)


def not_let_in_today(group: Group, sites: Iterable[Site]) -> dict[UUID, str]:
    """Of these places those that let a group in no more, or not yet, with what to do about it.

    Not those of which only the scheme is shut.
    """
    let_in, today = permissions_of_each([group]), clock.today()
    return {
        one.pk: CLOSED_TODAY if one.closed_on and one.closed_on <= today else NOBODY_TODAY
        for one in sites
        if let_in.to(one, group.pk, today) is None and not let_in.waits_for_scheme(one, group.pk, today)
    }


def what_to_keep_to(visit: Visit) -> str:
    """What the place asks of the team, or that nobody lets it in."""
    if why := why_not_let_in(visit.group, visit.site, visit.day):
        return said_to_who_goes(visit, why)
    permission = permissions_of_each([visit.group]).to(visit.site, visit.group_id, visit.day)
    return (permission and permission.conditions) or "None"


def said_to_who_goes(visit: Visit, why: NotLetIn) -> str:
    """The same for the team of a visit."""
    return DO_NOT_GO_YET.format(scheme=visit.site.scheme) if isinstance(why, SchemeShut) else DO_NOT_GO

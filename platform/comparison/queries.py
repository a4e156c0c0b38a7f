"""What pages and the check ask of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from comparison.measures import Fact, Period, Share
from comparison.models import PointFact
from kit import clock
from kit.dates import short_day
from tenants.schemes.models import Scheme
from tenants.schemes.queries import all_schemes


@dataclass(frozen=True, slots=True)
class Row:
    """One scheme and its share."""

    name: str
    area: str
    share: Share


def rows(period: Period) -> Sequence[Row]:
    """Every scheme in the order of the alphabet, also those without a point; one that closed only if it had some."""
    shares = _shares(period)
    return [
        Row(_name(scheme), scheme.area, shares.get(scheme.pk, Share()))
        for scheme in all_schemes()
        if scheme.status != Scheme.Status.CLOSED or scheme.pk in shares
    ]


def share_at(scheme: Scheme, period: Period) -> Share:
    """What the page says of one scheme."""
    return _shares(period, scheme).get(scheme.pk, Share())


def facts_at(scheme: Scheme) -> Mapping[UUID, Fact]:
    """All that the store holds of one scheme, by point."""
    return {one.point_id: one.fact for one in PointFact.objects.at(scheme)}


def undecided_at(scheme: Scheme) -> Sequence[UUID]:
    """The points of a scheme of which the store knows no decision."""
    return list(PointFact.objects.at(scheme).undecided().values_list("point_id", flat=True))


def _shares(period: Period, scheme: Scheme | None = None) -> Mapping[UUID, Share]:
    today = clock.today()
    facts = PointFact.objects.at(scheme) if scheme else PointFact.objects.all()
    found = facts.of_period(period, today).shares(today)
    return {one.pop("scheme"): Share(**one) for one in found}


def _name(scheme: Scheme) -> str:
    if scheme.status == Scheme.Status.OPEN:
        return scheme.name
    if scheme.closed_on:
        return f"{scheme.name} (closed on {short_day(scheme.closed_on)})"
    return f"{scheme.name} ({scheme.get_status_display().lower()})"

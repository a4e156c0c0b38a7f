"""What pages and the check ask of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from comparison.measures import Fact, Period, Share
from comparison.models import PointFact, RegisterCheck
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


@dataclass(frozen=True, slots=True)
class Agreement:
    """Since when the store is known to say what the schemes' own registers say; closed schemes change no more."""

    since: datetime | None
    """The earliest of the times at which they last agreed; none while a scheme was never counted again."""
    never: Sequence[str]
    """Schemes that were never counted again."""
    differing: Sequence[str]
    """Schemes of which the last count still differed when it ended."""
    put_right: int
    """Points that differed at the last counts with no change on its way."""


def agreement() -> Agreement:
    """What the last counts of all schemes whose clocks run came to."""
    checks = {one.scheme_id: one for one in RegisterCheck.objects.all()}
    found = [(scheme.name, checks.get(scheme.pk)) for scheme in Scheme.objects.with_data()]
    agreed = [check.agreed_at if check else None for _, check in found]
    return Agreement(
        since=min((at for at in agreed if at), default=None) if all(agreed) else None,
        never=[name for name, check in found if check is None],
        differing=[name for name, check in found if check and check.agreed_at != check.checked_at],
        put_right=sum(check.differed for _, check in found if check and check.agreed_at == check.checked_at),
    )


def is_checked_since(scheme: Scheme, moment: datetime) -> bool:
    """Whether a scheme was counted again at a moment or after it."""
    return RegisterCheck.objects.at(scheme).since(moment).exists()


def agreed_at() -> Mapping[str, datetime]:
    """By schema: when the store last agreed with it."""
    checks = RegisterCheck.objects.select_related("scheme")
    return {one.scheme.schema_name: one.agreed_at for one in checks if one.agreed_at}


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

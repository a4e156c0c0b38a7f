"""Who is reached, and what changed for them, group by group (S12). Groups are never added up (S78 to S80)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from tenants.feedback import rules
from tenants.feedback.models import GroupTag, Partner, Point, PointGroup
from tenants.feedback.queries.trails import who_said
from tenants.feedback.rules import OPEN, Stage

NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True)
class GroupReach:
    """One group: access (what was heard from how many) and outcome (what became of it), exact, for staff alone."""

    group: GroupTag
    points: int
    people: int | None
    people_unknown: int
    waiting: int
    answered: int
    changed: int
    confirmed: int

    @property
    def people_words(self) -> str:
        """How many people, as far as anybody wrote it down."""
        if self.points == 0:
            return NOT_REPORTED
        if self.people is None:
            return "not known"
        return f"{self.people} or more" if self.people_unknown else str(self.people)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One organisation, the group it reaches, and what that group found; what nobody printed is not reported (S81)."""

    partner: Partner
    findings: list[Point]

    @property
    def is_reported(self) -> bool:
        return bool(self.findings)


def reached_by_group() -> list[GroupReach]:
    """Every group on the list, also those nobody was heard from."""
    # What was passed on is answered by somebody else, and counts in no table of ours.
    here = Q(points__passed_on_at=None)
    groups = GroupTag.objects.filter(active=True).annotate(
        heard=Count("points", filter=here),
        people_unknown=Count("points", filter=here & Q(points__how_many=None, points__split_from=None)),
        waiting=Count("points", filter=here & Q(points__in=Point.objects.waiting().order_by().values("pk"))),
        answered=Count("points", filter=here & ~Q(points__stage__in=OPEN)),
        changed=Count("points", filter=here & Q(points__stage__in=[Stage.CHANGED, Stage.CONFIRMED])),
        confirmed=Count("points", filter=here & Q(points__stage=Stage.CONFIRMED)),
    )
    people = _people_by_group()
    return [
        GroupReach(
            group=group,
            points=group.heard,
            people=people.get(group.pk),
            people_unknown=group.people_unknown,
            waiting=group.waiting,
            answered=group.answered,
            changed=group.changed,
            confirmed=group.confirmed,
        )
        for group in groups.order_by("label")
    ]


def _people_by_group() -> Mapping[UUID, int]:
    """How many people came from each group, where somebody wrote that down; a part that was split off adds nobody."""
    counted = Q(point__passed_on_at=None, point__split_from=None, point__how_many__isnull=False)
    sayers, found = who_said(), defaultdict(list)
    for group, point, many in PointGroup.objects.filter(counted).values_list("group", "point", "point__how_many"):
        found[group].append((many, sayers.get(point, ())))
    return {group: rules.people_in(points) for group, points in found.items()}


def partner_table() -> list[PartnerRow]:
    """The table of partner organisations in the shape of the source: organisation, group (S77), and the findings."""
    points = Point.objects.filter(passed_on_at=None).order_by("created_at", "said")
    partners = Partner.objects.select_related("group").prefetch_related(Prefetch("points", points))
    return [PartnerRow(partner, list(partner.points.all())) for partner in partners]

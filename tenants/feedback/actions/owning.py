"""Who sees to a point, how it comes back when they leave, and who is told when its day comes near or has passed."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

import audit
from kit import clock, scope, working_days
from people.actions import notice
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.errors import NotTheirs, WordsErased
from tenants.feedback.models import Escalation, Point
from tenants.feedback.rules import Stage, Step
from tenants.schemes import queries as boundary
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Permission, Role, roles_that_may

# So many points are told of in one tick at most; the next one follows a minute later.
MOST = 1000


@transaction.atomic
def assign(*, points: Collection[UUID], owner: Membership | None, by: Person) -> int:
    """Say who sees to points, or that nobody does: all of them or none. How many changed; done again, none does."""
    wanted = set(points)
    # In one order, so that two people who tick the same rows never wait for each other for ever.
    found = list(Point.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotTheirs("One of these points is not here any more. Look at the list again.", field="points")
    if any(point.is_erased for point in found):
        raise WordsErased("The words of one of these were erased. Nobody is left to answer.", field="points")
    if owner is not None:
        check_owner(owner, SEE_TO_IT)
    owner_id = owner.pk if owner else None
    changed = [point for point in found if point.owner_membership_id != owner_id]
    for point in changed:
        set_owner(point, owner)
        point.save(update_fields=OWNER_FIELDS)
        audit.record(by=by, operation="change", what="said who sees to a point", thing=point)
    return len(changed)


@transaction.atomic
def hand_back() -> int:
    """What whoever left saw to is to be seen to by somebody else; what is confirmed stays as it was."""
    scheme = Scheme.objects.get(schema_name=scope.current())
    here = boundary.members(scheme).values_list("pk", flat=True)
    left = Point.objects.select_for_update().exclude(stage=Stage.CONFIRMED).filter(owner_membership_id__isnull=False)
    points = list(left.exclude(owner_membership_id__in=list(here)).order_by("pk")[:MOST])
    for point in points:
        set_owner(point, None)
        point.save(update_fields=OWNER_FIELDS)
        audit.record(by=None, operation="change", what="took a point back from somebody who left", thing=point)
    return len(points)


@transaction.atomic
def escalate(*, step: Step) -> int:
    """Tell whoever this step is about of each clock that has come so far: once for a clock, one line a day."""
    found = list(Point.objects.to_escalate(step, due_by=_due_by(step)).order_by("due_on", "pk")[:MOST])
    if not found:
        return 0
    Escalation.objects.bulk_create(
        [Escalation(point=point, due_on=point.due_on, step=step) for point in found if point.due_on],
        ignore_conflicts=True,
    )
    scheme = Scheme.objects.get(schema_name=scope.current())
    here = list(boundary.members(scheme))
    tell = {person for point in found for person in _whom(step, point, here)}
    for person_id in boundary.with_covers(scheme, tell):
        notice(
            person_id=person_id, kind=f"clock_{step}", key=f"{scheme.pk}:{clock.today()}", path="/staff/", scheme=scheme
        )
    return len(found)


OWNER_FIELDS = ("owner_membership_id", "owner_role")


def set_owner(point: Point, owner: Membership | None) -> None:
    """Who sees to it, to be saved with `OWNER_FIELDS`."""
    point.owner_membership_id = owner.pk if owner else None
    point.owner_role = owner.get_role_display() if owner else ""


# What somebody needs to see to a point that waits, and to keep what was decided about one.
SEE_TO_IT = (Permission.SEE_REGISTER, Permission.ACKNOWLEDGE_POINTS)
KEEP_IT = (Permission.SEE_REGISTER, Permission.REPORT_PROGRESS)


def check_owner(owner: Membership, needs: Collection[Permission], *, field: str = "owner") -> None:
    """Refuse whoever does not work here now, or could do nothing with it."""
    here = Membership.objects.running().filter(pk=owner.pk, scheme__schema_name=scope.current())
    if not here.exists():
        raise NotTheirs("Choose somebody who works for this scheme now as the owner.", field=field)
    if not here.filter(role__in=roles_that_may(*needs)).exists():
        raise NotTheirs("Choose somebody whose role lets them open this and do something about it.", field=field)


def _due_by(step: Step) -> date:
    """The latest due day of which this step is to be taken today."""
    today = clock.today()
    return {
        Step.OWNER: working_days.add(today, rules.OWNER_BEFORE),
        Step.LEAD: today - working_days.ONE_DAY,
        Step.MANAGER: working_days.latest_before(today, rules.MANAGER_AFTER),
    }[step]


def _whom(step: Step, point: Point, here: Collection[Membership]) -> set[UUID]:
    """Who is told: the owner, the leads or the managers; where there is none of them, the next."""
    owner = {one.person_id for one in here if one.pk == point.owner_membership_id}
    leads = {one.person_id for one in here if one.role == Role.INVOLVEMENT_LEAD}
    managers = {one.person_id for one in here if one.role == Role.MANAGER}
    return {Step.OWNER: owner or leads or managers, Step.LEAD: leads or managers, Step.MANAGER: managers}[step]

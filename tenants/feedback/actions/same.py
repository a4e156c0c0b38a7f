"""Staff say that a decision does the same as another scheme's answer; that scheme is not asked (ADR 0059)."""

from uuid import UUID

from django.db import transaction

import audit
from answers.queries import of_other_scheme
from kit import scope
from people.models import Person
from tenants.feedback.actions.locking import latest_round, locked_to_answer
from tenants.feedback.actions.publishing import announce
from tenants.feedback.errors import NotYet
from tenants.feedback.models import Point, Same
from tenants.schemes.models import Scheme

DECIDE_FIRST = "Decide about this point first. Then say whose answer you followed."
CAME_LATER = "You decided before this answer was there, so you did not follow it. Choose another one."
NOT_THERE = "This answer is not there any more. Choose another one."


@transaction.atomic
def do_the_same(*, point: Point, answer_id: UUID, by: Person) -> Same:
    """Mark the last decision about a point as one that follows an answer of another scheme; done again, no change.

    It is counted there once everybody may read the decision, and as long as that stands.
    """
    point = locked_to_answer(point.pk)
    round_ = latest_round(point)
    if round_ is None or point.is_open:
        raise NotYet(DECIDE_FIRST)
    here = Scheme.objects.get(schema_name=scope.current())
    other = of_other_scheme(answer_id, but=here.pk)
    if other is None:
        raise NotYet(NOT_THERE)
    if other.answered_at > round_.decided_at:
        raise NotYet(CAME_LATER)
    followed = {"other_scheme_id": other.scheme_id, "other_point_id": other.point_id}
    there = Same.objects.filter(round=round_).first()
    if there and (there.other_scheme_id, there.other_point_id) == tuple(followed.values()):
        return there
    same, _ = Same.objects.update_or_create(round=round_, defaults=followed | {"by_id": by.pk})
    audit.record(by=by, operation="change", what="said that another scheme was followed", thing=point)
    announce(point)
    return same


@transaction.atomic
def take_back_the_same(*, point: Point, by: Person) -> None:
    """The last decision follows nobody; done again, no change."""
    point = locked_to_answer(point.pk)
    if Same.objects.filter(round=latest_round(point)).delete()[0]:
        audit.record(by=by, operation="change", what="took back that another scheme was followed", thing=point)
        announce(point)

"""A point is decided while it is counted: whoever is later counts what is true by then."""

from datetime import timedelta

from comparison import recounting
from comparison.models import PointFact
from kit import clock
from tenants.feedback import actions
from tenants.schemes.models import Scheme
from tests.factories.feedback import decided, said, staff
from tests.integration.proofs.stopping import stopped_while_writing


def test_a_decision_that_comes_while_its_point_is_counted_is_counted(as_web: str, inside: Scheme) -> None:
    """A count that saw the point undecided, and was slow to write it, does not undo the count after it."""
    owner = staff(inside)[1]
    # They are written in the order of their ids, so the count is stopped at the first and has read both.
    first, second = sorted((said(), said(words="The form was hard.")), key=lambda point: point.pk)
    today = clock.today()
    row = {"received_on": today, "due_on": today + timedelta(days=28)}

    def decide() -> None:
        decided(second, owner)
        actions.count(point_ids=[second.pk])

    stopped_while_writing(
        inside,
        lambda: actions.count(point_ids=[first.pk, second.pk]),
        by=lambda: PointFact.objects.create(scheme=inside, point_id=first.pk, **row),
        meanwhile=decide,
    )
    assert PointFact.objects.get(point_id=second.pk).decided_on == today
    assert recounting.check_one(inside).agrees

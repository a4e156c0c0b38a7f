"""What an answer is meant to help is noted on the point."""

from collections.abc import Collection

from django.db import transaction

import audit
from people.models import Person
from tenants.feedback.actions.locking import latest_round, locked_to_answer
from tenants.feedback.actions.publishing import announce
from tenants.feedback.errors import NotYet
from tenants.feedback.models import Outcome, Point


@transaction.atomic
def note_outcomes(*, point: Point, tags: Collection[str], by: Person) -> Point:
    """Say what an answer helps and what it aims at: as many as are true, in no order, and none is scored (S30)."""
    point = locked_to_answer(point.pk)
    if latest_round(point) is None or point.is_open:
        raise NotYet("Decide about this point first.")
    before = set(point.outcomes.values_list("tag", flat=True))
    point.outcomes.exclude(tag__in=tags).delete()
    Outcome.objects.bulk_create(Outcome(point=point, tag=tag) for tag in sorted(set(tags) - before))
    if before != set(tags):
        announce(point)
        audit.record(by=by, operation="collate", what="noted what an answer helps", thing=point, basis="consent")
    return point

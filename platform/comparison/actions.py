"""The only way into the store of facts."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from comparison.measures import Fact
from comparison.models import PointFact, RegisterCheck
from kit import clock
from tenants.schemes.models import Scheme

FIELDS = ["received_on", "due_on", "decided_on"]


@transaction.atomic
def write(*, scheme: Scheme, facts: Mapping[UUID, Fact | None]) -> None:
    """Put down what is true of these points of a scheme now: each as it is given, or no row where it is nothing.

    Written twice it is the same. Whoever calls holds these points, so that nobody writes something older after it.
    """
    PointFact.objects.at(scheme).filter(point_id__in=[key for key, fact in facts.items() if fact is None]).delete()
    PointFact.objects.bulk_create(
        [
            PointFact(
                scheme=scheme,
                point_id=key,
                received_on=fact.received_on,
                due_on=fact.due_on,
                decided_on=fact.decided_on,
            )
            for key, fact in sorted(facts.items())
            if fact is not None
        ],
        update_conflicts=True,
        unique_fields=["scheme", "point_id"],
        update_fields=FIELDS,
    )


def note_check(*, scheme: Scheme, differed: int, agrees: bool) -> None:
    """Put down that a scheme was counted again now: how many points differed, and whether the store agrees by now."""
    now = clock.now()
    RegisterCheck.objects.update_or_create(
        scheme=scheme, defaults={"checked_at": now, "differed": differed} | ({"agreed_at": now} if agrees else {})
    )

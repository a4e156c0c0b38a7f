"""Words about harm, for the few who may read them."""

from people.queries import names
from tenants.feedback.models import Concern
from tenants.feedback.querysets.concerns import ConcernQuerySet


def concerns() -> ConcernQuerySet:
    """Everything that was told, what waits first."""
    return Concern.objects.by_what_waits()


def who_saw_to(concern: Concern) -> dict[str, str]:
    """The names of who took it up, who closed it, and who told us if they wanted to be known."""
    ids = {
        "taken": concern.taken_by_id,
        "closed": concern.closed_by_id,
        "told": concern.person_id,
        "handed_over": concern.handed_over_by_id,
    }
    found = names(pk for pk in ids.values() if pk)
    return {what: found.get(pk, "somebody whose record was erased") for what, pk in ids.items() if pk}

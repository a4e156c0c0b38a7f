"""The place of a concern that was raised on a visit which is held back: told later, once it may be told."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from kit import outbox
from kit.dates import moment
from peer_monitoring import queries
from peer_monitoring.models import SiteConcern, Visit

KIND = "peer_monitoring.concern_place"


@dataclass(frozen=True, slots=True)
class WhereRaised:
    """A concern of a scheme, and the place and time of it that may be told by now."""

    kept_as: UUID
    how_it_came: str


def promise_where(visit: Visit) -> None:
    """The team was let in, or the visit is logged: what was raised on it before is told with its place.

    Each promise names the concern, and no visit.
    """
    if visit.is_held_back:
        for concern in SiteConcern.objects.on(visit).without_words():
            outbox.put(KIND, key=uuid4(), in_schema=visit.site.scheme.schema_name, concern=concern.pk)


@transaction.atomic
def where_raised(*, concern_id: UUID) -> WhereRaised | None:
    """Where and when a concern was raised; nothing while that may not be told, or where its scheme has none of it."""
    concern = SiteConcern.objects.select_for_update(of=("self",)).select_related("visit__site__scheme").get(
        pk=concern_id
    )  # fmt: skip
    if concern.kept_as is None or not queries.is_place_told(concern.visit):
        return None
    return WhereRaised(concern.kept_as, place_and_time(concern))


def place_and_time(concern: SiteConcern) -> str:
    """All that is told of a concern from a visit which is held back: never the visit, the group or who it was."""
    return f"From {concern.where}, {moment(concern.raised_at)}"

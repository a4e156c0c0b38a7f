"""What the public reads here is found nationally too: whatever changes it is announced, and read anew (ADR 0059)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from answers import actions as national
from answers import queries as kept
from kit import outbox, scope
from tenants.feedback.models import Point
from tenants.feedback.queries.published import published_answers, published_points
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class Compared:
    """How far what is found nationally was from what a scheme's own site shows: points that were missing, stood
    otherwise, or stood there though the public may not read them."""

    missing: Collection[UUID]
    otherwise: Collection[UUID]
    gone: Collection[UUID]

    @property
    def is_kept(self) -> bool:
        return not (self.missing or self.otherwise or self.gone)


def announce(point: Point) -> None:
    """Promise that what everybody may read about a point now is what is found nationally."""
    carrier = point.answered_with_id or point.pk
    # Each change has a message of its own. What it leads to is read when it is handled: late or twice, it does no harm.
    outbox.put("feedback.public", key=f"{carrier}:{uuid4()}", point=carrier)


@transaction.atomic
def publish_nationally(*, point_id: UUID) -> None:
    """Hand over what everybody may read about a point now, or take it away."""
    scheme = _here()
    national.alone_with(scheme_id=scheme.pk, point_id=point_id)
    published = published_answers([point_id]).get(point_id)
    if published is None:
        national.drop(scheme_id=scheme.pk, point_ids=[point_id])
    else:
        national.keep(scheme_id=scheme.pk, point_id=point_id, published=published)


def take_down_what_is_gone() -> int:
    """Take away at once what the public may not read any more, by whatever it came about: an erasure, a day that has
    come; how many answers there were."""
    gone = kept.kept_points(_here().pk) - published_points()
    for point_id in sorted(gone):
        publish_nationally(point_id=point_id)
    return len(gone)


def keep_in_step() -> None:
    """The same, and bring what is missing: every minute, whatever nobody announced."""
    differing = kept.kept_points(_here().pk) ^ published_points()
    for point_id in sorted(differing):
        publish_nationally(point_id=point_id)


def compare(*, mend: bool = False) -> Compared:
    """Every answer of this scheme, word by word, with what is found nationally; `mend` brings it into step."""
    there, here = kept.kept(_here().pk), published_answers()
    step = Compared(
        missing=sorted(here.keys() - there.keys()),
        otherwise=sorted(pk for pk in here.keys() & there.keys() if not national.stands_as(there[pk], here[pk])),
        gone=sorted(there.keys() - here.keys()),
    )
    if mend:
        for point_id in (*step.missing, *step.otherwise, *step.gone):
            publish_nationally(point_id=point_id)
    return step


def _here() -> Scheme:
    return Scheme.objects.get(schema_name=scope.current())

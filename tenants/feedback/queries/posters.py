"""The answers that can stand on a poster: those the public may read now, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.pair import PairView
from tenants.feedback.queries.answers import pairs_of, readable

# The newest, to choose from on one page; by theme the older ones come up too.
OFFERED = 40


@dataclass(frozen=True, slots=True)
class ForPoster:
    """An answer, and the point by which it is chosen."""

    point_id: UUID
    pair: PairView


def for_posters(*, theme: str = "") -> Sequence[ForPoster]:
    """The newest answers that the public may read, of all themes or of one; `theme` is a code."""
    points = readable(theme=theme)[:OFFERED]
    return [ForPoster(point.pk, pair) for point, pair in pairs_of(points)]

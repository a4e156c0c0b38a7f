"""The answers that can stand on a poster: those the public may read now, and no others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.ids import as_id
from kit.pair import PairView
from tenants.feedback.queries.answers import pairs_of, readable

# The newest, to choose from on one page; by theme the older ones come up too.
OFFERED = 40


@dataclass(frozen=True, slots=True)
class ForPoster:
    """An answer, and the point by which it is chosen."""

    point_id: UUID
    pair: PairView


def for_posters(*, theme: str = "", also: Collection[str] = ()) -> Sequence[ForPoster]:
    """The newest answers that the public may read, of all themes or of one; `theme` is a code.

    Before them those of other themes whose ids are named in `also`.
    """
    newest = list(readable(theme=theme)[:OFFERED])
    here = {point.pk for point in newest}
    further = [one for one in dict.fromkeys(map(as_id, also)) if one and one not in here][:OFFERED]
    points = [*readable().filter(pk__in=further), *newest] if further else newest
    return [ForPoster(point.pk, pair) for point, pair in pairs_of(points)]

"""Where a photo is asked for on a visit, and what its plain pages say there, since they take none."""

from collections import Counter
from dataclasses import dataclass

from peer_monitoring.models import Draft, Visit
from peer_monitoring.queries import photos_kept, takes_the_place_of
from questions.answer_forms import IN_THE_APP
from questions.answering import Place

KEPT = {True: "The photo that you sent stays.", False: "The {number} photos that you sent stay."}


@dataclass(frozen=True, slots=True)
class Photos:
    """Whether photos may be taken on a visit, and how many stay with a change of what was sent, by key of the place."""

    allowed: bool
    kept: Counter[str]

    def words(self, place: Place) -> str:
        """That the photos of a place stay, or how one is taken."""
        if number := self.kept[place.key]:
            return KEPT[number == 1].format(number=number)
        return IN_THE_APP

    def leaves_out(self, place: Place) -> bool:
        """Whether a place asks for a photo that nobody may take: it is not shown, not counted and not missing."""
        return place.is_photo and not self.allowed and not self.kept[place.key]


def photos_of(visit: Visit, draft: Draft) -> Photos:
    """How it is with photos for whoever writes."""
    return Photos(visit.photos_allowed, photos_kept(takes_the_place_of(draft, visit)))

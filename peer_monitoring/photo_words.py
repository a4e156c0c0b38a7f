"""What plain pages of a visit say where a photo is asked for, since they take none."""

from collections.abc import Callable

from peer_monitoring.models import Draft, Visit
from peer_monitoring.queries import photos_kept
from questions.answer_forms import IN_THE_APP
from questions.answering import Place

# The app says it with the same words (`words.js`).
OFF = "You may not take photos here. Go on without one."
KEPT = {True: "The photo that you sent stays.", False: "The {number} photos that you sent stay."}


def photo_words(visit: Visit, draft: Draft) -> Callable[[Place], str]:
    """Of a place: that its photos stay, that none may be taken, or how one is taken."""
    kept = photos_kept(draft)

    def said(place: Place) -> str:
        if number := kept[place.key]:
            return KEPT[number == 1].format(number=number)
        return IN_THE_APP if visit.photos_allowed else OFF

    return said

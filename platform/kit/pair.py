"""What people said and what happened, side by side: the plain shape that the macro `pair` draws.

Whoever has a point makes a `PairView` of it; the macro asks no questions and makes no choices. Every decision, also
“we cannot”, is drawn in exactly the same box.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit.dates import short_day
from kit.languages import said

Decision = Literal["will", "doing", "not_now", "cannot"]

STOPS = (N_("Said"), N_("Seen"), N_("Decided"), N_("Told"), N_("Changed"), N_("Confirmed"))
DECISION_LABELS: dict[str, str] = {
    "will": N_("We will"),
    "doing": N_("We are doing it"),
    "not_now": N_("Not now"),
    "cannot": N_("We cannot, because"),
}


@dataclass(frozen=True)
class Stop:
    """One of the six stops of the line; `on` may be unknown also when it is done."""

    name: str
    done: bool = False
    on: date | None = None

    @property
    def words(self) -> str:
        """What a screen reader says after the name."""
        if not self.done:
            return _("not yet")
        return _("on %(day)s") % {"day": short_day(self.on)} if self.on else _("done")


@dataclass(frozen=True)
class PairView:
    """One point as the public or its owner sees it; every text is already approved for whoever reads it."""

    said: str
    """The public words."""
    decision: Decision | None = None
    """None while it waits for an answer."""
    answer: str = ""
    """What the scheme does, or for “not now” what would have to change."""
    why: str = ""
    who: str = ""
    """The owner's role, never a name: “involvement lead”."""
    by: date | None = None
    """The day promised."""
    is_late: bool = False
    """Whether that day has passed and nobody has said that it is done."""
    review_on: date | None = None
    """For “not now”: the day the scheme looks at it again."""
    quotes: Sequence[str] = ()
    """What some of them said, word for word, who agreed to be quoted with exactly this and with no name."""
    people_words: str = ""
    """From `kit.disclosure.people_words`: “a few people”."""
    groups: Sequence[str] = ()
    """Where it was said: “women's workshop”."""
    helps: Sequence[str] = ()
    """What the answer helps, in plain words: “A better service”."""
    said_on: date | None = None
    stops: Sequence[Stop] = field(default_factory=lambda: [Stop(name) for name in STOPS])
    confirmation_words: str = ""
    """“Most people who said this say it has changed.”"""
    waiting_words: str = ""
    """“Waiting for an answer: 12 of 20 working days”."""
    in_other_words: bool = False
    """Whether `said` is not how they said it: then it stands without quotation marks."""
    example_note: str = ""
    """Where the words were made up: “invented answer”."""
    href: str = ""
    """The page of this point, if there is one."""

    @property
    def is_done(self) -> bool:
        """Whether the scheme says that what it promised is done, and nobody who said it denies it."""
        return any(stop.name == STOPS[4] and stop.done for stop in self.stops)

    @property
    def decision_label(self) -> str:
        """The decision in words, as they head the right half."""
        return said(DECISION_LABELS[self.decision]) if self.decision else _("No answer yet")


def where_it_is(stops: Sequence[Stop]) -> str:
    """The line in a few words, for a screen too narrow for six names: the last stop reached and the next one."""
    reached = [stop for stop in stops if stop.done]
    ahead = [stop for stop in stops if not stop.done]
    now = f"{said(reached[-1].name)} {reached[-1].words}" if reached else ""
    after = _("Next: %(stop)s") % {"stop": said(ahead[0].name).lower()} if ahead else ""
    return ". ".join(part for part in (now, after) if part)

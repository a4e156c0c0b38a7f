"""What happened to a point, day by day, so that a month can be looked at long after: all of it from dated rows.

Nothing here asks where a point stands today: decisions, claims and answers are added and never overwritten, so the end
of a month looks the same whenever somebody looks (ADR 0051).
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from tenants.feedback import rules
from tenants.feedback.rules import PROMISES, Answer, Clock, Stage

# Many points come on one day, and their clocks are the same.
_seen_clock = lru_cache(maxsize=1024)(rules.seen_clock)
_decided_clock = lru_cache(maxsize=1024)(rules.decided_clock)


@dataclass(frozen=True, slots=True)
class Turn:
    """One decision about a point, what was done about it, and what those who said it answered, each with its day."""

    decision: str
    decided_on: date
    due: date | None = None
    review_on: date | None = None
    done_on: date | None = None
    told_on: date | None = None
    """The day on which the last of those who said it had been told; none while somebody is still to tell."""
    answers: tuple[tuple[date, Hashable, Answer], ...] = ()
    """In the order in which they were given."""

    @property
    def is_promise(self) -> bool:
        return self.decision in PROMISES

    def says(self, day: date) -> Stage | None:
        """What the answers came to by a day; nothing if nobody had answered."""
        last = {who: answer for on, who, answer in self.answers if on <= day}
        return rules.after_answers(last.values()) if last else None

    def opened_again_on(self, day: date) -> date | None:
        """Since when it waited again on a day: since its review, or since somebody said that it has not changed."""
        if self.review_on:
            return self.review_on if self.review_on <= day else None
        since, last = None, {}
        for on, who, answer in self.answers:
            if on <= day:
                last[who] = answer
                denied = rules.after_answers(last.values()) == Stage.SEEN
                since = (since or on) if denied else None
        return since


@dataclass(frozen=True, slots=True)
class Trail:
    """One point: when it came, what it is about, and each decision about it, the oldest first."""

    received_on: date
    known_on: date
    """When it was written down: in the figures of a month that was over by then it does not stand."""
    asked_on: date
    """From when its first clocks run: when it came, or when the one came that it is answered with."""
    seen_on: date | None = None
    turns: tuple[Turn, ...] = ()
    erased: bool = False
    """Nothing is left that could be answered; that it came stays counted."""
    joined: bool = False
    """Answered with another point, whose decisions these are."""
    theme: UUID | None = None
    groups: frozenset[UUID] = frozenset()
    people: int | None = None
    """How many said it, where somebody wrote that down."""
    sayers: frozenset[object] = frozenset()
    """Who is known to have said it, where that number is: people and slips."""
    people_elsewhere: bool = False
    """Whether they are counted at the point from which this one was taken apart."""

    def waits(self, day: date) -> Iterator[tuple[date, date | None]]:
        """Each time that it waited for an answer until a day: from when, and when the answer came, if it did."""
        asked: date | None = self.received_on if self.known_on <= day else None
        before: Turn | None = None
        for turn in self.turns:
            if turn.decided_on > day:
                break
            if before is not None:
                asked = before.opened_again_on(turn.decided_on)
            if asked is not None:
                yield asked, turn.decided_on
            before, asked = turn, None
        if before is not None:
            asked = before.opened_again_on(day)
        if asked is not None and not self.erased:
            yield asked, None

    def waits_since(self, day: date) -> date | None:
        """Since when it waited for an answer on a day, if it did."""
        return next((asked for asked, answered in self.waits(day) if answered is None), None)

    def running(self, day: date) -> list[Clock]:
        """The clocks that ran on a day: of seeing and of deciding both, while nobody had even seen it."""
        since, turn = self.waits_since(day), self.turn(day)
        if since is not None:
            since = self.asked_on if turn is None else since
            seen = self.seen_on is not None and self.seen_on <= day
            return [_decided_clock(since)] if seen else [_seen_clock(since), _decided_clock(since)]
        if self.erased or turn is None or turn.due is None or (turn.done_on and turn.done_on <= day):
            return []
        return [rules.changed_clock(turn.decided_on, turn.due)]

    def turn(self, day: date) -> Turn | None:
        """The decision that stood on a day."""
        return next((turn for turn in reversed(self.turns) if turn.decided_on <= day), None)

"""Who may go together (rule 4): at least two, at least half with lived experience, and nobody where they worked.

And for how long somebody may say that they are inside, and why no visit can go to a scheme now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations
from random import Random
from uuid import UUID

from kit import clock
from tenants.schemes.models import Scheme

SMALLEST_TEAM = 2
# How long somebody is inside unless they say otherwise, and at most.
INSIDE_FOR, LONGEST_INSIDE = timedelta(hours=2), timedelta(hours=12)

UNTIL_THEN = (
    "Until then somebody can still do a training, be vetted for the place, or join your group. Or choose another "
    "day or place."
)
# Vetting is said as a status alone, and never why.
HINDRANCES = (
    "has no training that is valid on that day", "works there, or did within two years", "is not vetted for this place",
)  # fmt: skip
OWN_HINDRANCES = (
    "you have no training that is valid on that day", "you work there, or did within two years",
    "you are not vetted for this place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of the group as far as one visit is concerned."""

    person_id: UUID
    name: str
    has_lived_experience: bool
    is_trained: bool
    has_conflict: bool
    may_enter: bool

    @property
    def can_go(self) -> bool:
        """Whether nothing keeps them from this place on that day."""
        return self.is_trained and self.may_enter and not self.has_conflict

    def hindrances(self) -> list[str]:
        """What keeps them from it, in words."""
        return [words for holds, words in zip(self._held_back_by, HINDRANCES, strict=True) if holds]

    def own_hindrances(self) -> list[str]:
        """The same, as it is said to them."""
        return [words for holds, words in zip(self._held_back_by, OWN_HINDRANCES, strict=True) if holds]

    @property
    def _held_back_by(self) -> tuple[bool, bool, bool]:
        return not self.is_trained, self.has_conflict, not self.may_enter


def team_problems(team: Sequence[Candidate]) -> list[str]:
    """What is wrong with a team, in words that say what to do; nothing if it may go."""
    problems = [
        f"{one.name} {', and '.join(one.hindrances())}. Choose somebody else." for one in team if not one.can_go
    ]
    if len(team) < SMALLEST_TEAM:
        problems.append(f"A team has at least 2 people. Choose {'one more' if team else '2 or more'}.")
    if sum(one.has_lived_experience for one in team) * 2 < len(team):
        problems.append("At least half of a team has lived experience. Choose somebody who has.")
    return problems


def pairs(candidates: Iterable[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """Every pair that may go."""
    able = sorted((one for one in candidates if one.can_go), key=lambda one: one.person_id)
    return [(one, other) for one, other in combinations(able, SMALLEST_TEAM) if not team_problems((one, other))]


def why_no_team(everybody: Sequence[Candidate]) -> str:
    """Why no team can be chosen from a group, in words that say what to do; nothing where one can."""
    if pairs(everybody):
        return ""
    able = [one.name for one in everybody if one.can_go]
    if len(able) >= SMALLEST_TEAM:
        why = "Nobody who may go there on that day counts as having lived experience. At least half of a team has."
    elif able:
        why = f"Only {able[0]} may go there on that day. A team has at least 2 people."
    else:
        why = "Nobody of your group may go there on that day."
    return f"{why} {UNTIL_THEN}"


def drawn_pair(candidates: Iterable[Candidate], chance: Random) -> tuple[Candidate, Candidate] | None:
    """One of these pairs, each as likely as any other."""
    possible = pairs(candidates)
    return chance.choice(possible) if possible else None


def next_time(at: time) -> datetime:
    """The next moment at which clocks in London show a time: today, or tomorrow where it has passed."""
    now = clock.now()
    today = datetime.combine(clock.today(), at, clock.LONDON)
    return today if today > now else datetime.combine(clock.today() + timedelta(days=1), at, clock.LONDON)


def usual_time_out() -> time:
    """The time that is proposed to whoever goes in now."""
    return (clock.now() + INSIDE_FOR).astimezone(clock.LONDON).time().replace(second=0, microsecond=0)


def why_no_visit(scheme: Scheme) -> str:
    """Why no visit can be planned to the places of a scheme that is suspended or closed."""
    status = scheme.get_status_display().lower()
    return f"{scheme} is {status} on this service, so no visit can be planned to its places now."

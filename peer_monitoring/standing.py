"""How a concern stands that was raised on a visit, in plain words: for whoever raised it, and for the group's leads."""

from dataclasses import dataclass
from datetime import datetime

from kit.dates import moment
from peer_monitoring.models import SiteConcern, Visit

Whom = SiteConcern.Whom
RECEIVED, TOLD, SEEN, DONE = "received", "told", "seen", "done"
FIRST = "What you write goes at once to the safeguarding lead of {scheme}. If they are not there, its managers get it."
ANNOUNCED = "They are told your group, the place and the time, and not who you are."
HELD_BACK = (
    "They are told nothing of this visit. Once your team has been let in, they are told the place and the time, and "
    "not who you are."
)
LEAD = "Your lead gets a message that you raised a concern and when, and not what you write."


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it has come: since when, and who at the scheme was told of it or sees to it."""

    state: str
    whom: str
    at: datetime


def standing(concern: SiteConcern) -> Standing:
    """How far it has come."""
    if concern.done_at:
        return Standing(DONE, "", concern.done_at)
    if concern.seen_at:
        return Standing(SEEN, concern.seen_by, concern.seen_at)
    if concern.told_at:
        return Standing(TOLD, concern.told_to, concern.told_at)
    return Standing(RECEIVED, "", concern.received_at)


def in_words(concern: SiteConcern, scheme: str) -> str:
    """The same for a page; the app says it with the same words (`words.js`)."""
    now = standing(concern)
    if now.state == DONE:
        return f"Dealt with at {scheme}, {moment(now.at)}."
    if now.state == SEEN:
        who = "a manager" if now.whom == Whom.MANAGER else "the safeguarding lead"
        return f"Seen by {who} of {scheme}, {moment(now.at)}. They see to it."
    if now.state == TOLD:
        return f"{_sent(now.whom, scheme)}, {moment(now.at)}. Nobody there has said yet that they see to it."
    return f"We have it. It goes to the safeguarding lead of {scheme}."


def _sent(whom: str, scheme: str) -> str:
    if whom == Whom.NATIONAL:
        return f"Sent to the national team, for nobody at {scheme} is there to keep people safe"
    return f"Sent to the {'managers' if whom == Whom.MANAGER else 'safeguarding lead'} of {scheme}"


@dataclass(frozen=True, slots=True)
class WhoLearns:
    """Who is told of a concern, and what goes with it: said before somebody sends it."""

    first: str
    with_it: str
    lead: str


def who_learns(visit: Visit) -> WhoLearns:
    """The app says it with the same words (`words.js`)."""
    scheme = visit.site.scheme.name
    return WhoLearns(
        FIRST.format(scheme=scheme),
        HELD_BACK if visit.is_held_back else ANNOUNCED,
        LEAD,
    )

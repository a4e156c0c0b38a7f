"""How a concern stands that was raised on a visit, in plain words: for whoever raised it, and for the group's leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from groups.queries import leads_by_id
from kit import clock
from kit.dates import moment
from peer_monitoring.models import SiteConcern, Visit
from peer_monitoring.models.concerns import Because, Step, Whom

RECEIVED = "received"
FIRST = (
    "What you write goes at once to the safeguarding lead of {scheme}. If they are not there, its managers get it. If "
    "nobody is there, the national team is asked to ring {scheme}, and does not read it."
)
ANNOUNCED = "They are told your group, the place and the time, and not who you are."
HELD_BACK = (
    "They are told nothing of this visit. Once your team has been let in, they are told the place and the time, and "
    "not who you are."
)
HELD_BACK_YET = (
    "They are told nothing of this visit. Once its day has come and your team has been let in, they are told the place "
    "and the time, and not who you are."
)
# Beside the answer that the team has not been let in.
PLACE_NOT_TOLD = (
    "Then they are not told which place it is, unless somebody of your team has been let in. If they have to "
    "know that, write the name of the place in your words."
)
# Before the day of a visit, and of one that was called off, beside both answers.
PLACE_NOT_TOLD_EITHER = (
    "They are not told which place it is. If they have to know that, write the name of the place in your words."
)
# For the group's leads alone: whoever raised it has no page any more.
WENT_NOWHERE = (
    "Nobody at {scheme} was told. Whoever raised it had all of theirs erased before it went there, and what they wrote "
    "is gone. Ask your team today what happened."
)
# Where the scheme is suspended or closed.
FIRST_SHUT = (
    "The pages of {scheme} are closed, so nobody there can read what you write. The national team is asked to ring "
    "{scheme}, and does not read it. Tell somebody in person now."
)
# Whoever raises it is not told of it, so a lead reads who else is: of a message, and in person.
LEADS = {
    "lead": "Your lead gets a message that you raised a concern and when, and not what you write.",
    "others": "The other leads of your group get a message that you raised a concern and when, and not what you write.",
    "nobody": "Nobody else leads your group, so nobody in it gets a message.",
}
THEN = {"lead": "Then tell your lead.", "others": "Then tell the other leads of your group.", "nobody": ""}
# Whom the clock tells that somebody is not back.
IF_MISSED = {
    "lead": "your lead and your team",
    "others": "the other leads of your group and your team",
    "nobody": "your team",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it has come: since when, and who at the scheme was told of it or sees to it."""

    state: str
    whom: str
    at: datetime
    because: str = ""


def standing(concern: SiteConcern) -> Standing:
    """How far it has come."""
    if concern.done_at:
        return Standing(Step.DONE, "", concern.done_at)
    if concern.seen_at and concern.is_seen_to:
        return Standing(Step.SEEN, concern.seen_by, concern.seen_at)
    if concern.told_at:
        return Standing(Step.TOLD, concern.told_to, concern.told_at, concern.told_because)
    return Standing(RECEIVED, "", concern.received_at)


def in_words(concern: SiteConcern, scheme: str, *, is_open: bool) -> str:
    """The same for a page, where the scheme is open or not; the app says it with the same words (`words.js`)."""
    now = standing(concern)
    if now.state == Step.DONE:
        return f"Dealt with at {scheme}, {moment(now.at)}."
    if now.state == Step.SEEN:
        who = "a manager" if now.whom == Whom.MANAGER else "the safeguarding lead"
        return f"Seen by {who} of {scheme}, {moment(now.at)}. They see to it."
    if now.state == Step.TOLD:
        return _told(Whom(now.whom), now.because, scheme, moment(now.at))
    if concern.went_nowhere:
        return WENT_NOWHERE.format(scheme=scheme)
    if not is_open:
        return f"We have it. {FIRST_SHUT.format(scheme=scheme)}"
    return f"We have it. It goes to the safeguarding lead of {scheme}."


# Why nobody at the scheme sees to it.
_WHY = {
    "": "Nobody at {scheme} was there, {when}.",
    Because.LATE: "Nobody at {scheme} has taken it up, {when}.",
    Because.SHUT: "Nobody at {scheme} can read it, {when}: their pages are closed.",
}


def _told(whom: Whom, because: str, scheme: str, when: str) -> str:
    if whom in {Whom.NATIONAL, Whom.NOBODY}:
        why = _WHY[because].format(scheme=scheme, when=when)
        if whom == Whom.NATIONAL:
            return f"{why} The national team was asked to ring them. Tell somebody in person now."
        return f"{why} Nobody is in the national team either. Tell somebody in person now. In danger call 999."
    told = "managers" if whom == Whom.MANAGER else "safeguarding lead"
    return f"Sent to the {told} of {scheme}, {when}. Nobody there has said yet that they see to it."


@dataclass(frozen=True, slots=True)
class WhoLearns:
    """Who is told of a concern, and what goes with it: said before somebody sends it."""

    first: str
    with_it: str
    lead: str
    then: str


def who_learns(visit: Visit, person_id: UUID) -> WhoLearns:
    """The app says it with the same words (`words.js`)."""
    which, scheme = _which_leads_of(visit, person_id), visit.site.scheme
    held_back = HELD_BACK_YET if visit.day > clock.today() else HELD_BACK
    first, with_it = FIRST, held_back if visit.is_held_back else ANNOUNCED
    if not scheme.is_open:
        first, with_it = FIRST_SHUT, ""
    return WhoLearns(first.format(scheme=scheme.name), with_it, LEADS[which], THEN[which])


def who_looks_for(visit: Visit, person_id: UUID) -> str:
    """Who is told if somebody is not back, as that person calls them."""
    return IF_MISSED[_which_leads_of(visit, person_id)]


def _which_leads_of(visit: Visit, person_id: UUID) -> str:
    return which_leads(leads_by_id([visit.group])[visit.group_id], person_id)


def which_leads(leads: Collection[UUID], person_id: UUID) -> str:
    """Which leads of a group are told of what somebody raises, as a key of `LEADS`."""
    if not set(leads) - {person_id}:
        return "nobody"
    return "others" if person_id in leads else "lead"

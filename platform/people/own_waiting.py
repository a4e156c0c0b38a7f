"""A person's notices, as lines of “what waits for you” on the platform."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from kit.dates import moment
from kit.waiting import Changed, Waiting
from people import queries, waiting
from people.here import me
from people.models import Notice
from tenants.schemes import queries as boundary
from tenants.schemes.here import is_platform
from tenants.schemes.models import Scheme

NOBODY_THERE = "concern_nobody"
# Neutral words: whoever looks over a shoulder learns nothing of what it is about.
TEXTS = {
    "answer": "There is an answer for you",
    "did_it_change": "Tell us if it changed",
    "invited": "You have been invited",
    "concern": "Something needs you today",
    NOBODY_THERE: "Something needs you today: nobody at a scheme sees to it",
    "helped": "Somebody who helps you did something",
    "not_reached": "Our message to somebody did not arrive",
    "question": "There is a question for you",
    "code_given": "Somebody was handed a code that helps them back into your account",
    "number_gone": "Your mobile number was taken off your account. You can add a number again",
    "no_messages": "We do not send you messages now. You can choose again",
    "clock_owner": "Something is due soon",
    "clock_lead": "The day for something has passed",
    "clock_manager": "Something has waited for too long",
    "page_published": "A page that you handed in was accepted",
    "page_sent_back": "A page that you handed in came back to you",
    "page_taken": "Somebody else saw to a page that you handed in",
    "new_answers": "There are new answers on themes you follow",
    "visit": "A group has said when it comes to visit",
    "visit_alarm": "Somebody is not back yet",
    "visit_well": "All is well. Somebody has said so",
    "visit_concern": "Something was raised on a visit. Look at it today",
    "visit_concern_done": "What was raised on a visit was dealt with",
    "visit_yours": "You are on the team of a visit",
    "visit_changed": "The plan of a visit that you go on has changed",
    "visit_off": "A visit that you were to go on was called off",
    "visit_said_off": "Somebody says that a visit was called off. Look at it",
    "visit_came_after": "Something was sent of a visit after it was called off. Look at it",
    "visit_to_choose": "One person sent two different records of a visit. Choose the one that counts",
    "visit_left": "You are no longer on the team of a visit",
}
OTHER = "There is something new for you"
# What would stand there several times in the same words stands there once, and leads to the list that says of which.
MANY = {
    "visit_concern": "{number} things were raised on visits. Look at them today",
    "visit_said_off": "Somebody says of {number} visits that they were called off. Look at them",
    "visit_to_choose": "One person sent two different records, of {number} visits. Choose those that count",
    "visit_yours": "You are on the team of {number} visits",
    "visit_changed": "The plans of {number} visits that you go on have changed",
}
# What each notice says once it has been read.
READ_TEXTS = {
    "answer": "You had an answer",
    "did_it_change": "You were asked if it changed",
    "invited": "You were invited",
    "concern": "Something needed you",
    NOBODY_THERE: "A scheme needed you",
    "helped": "Somebody who helps you did something",
    "not_reached": "Our message to somebody did not arrive",
    "question": "There was a question for you",
    "code_given": "Somebody was handed a code that helps them back into your account",
    "number_gone": "Your mobile number was taken off your account. You can add a number again",
    "no_messages": "We stopped sending you messages. You can choose again",
    "clock_owner": "Something was due soon",
    "clock_lead": "The day for something had passed",
    "clock_manager": "Something had waited for too long",
    "page_published": "A page that you handed in was accepted",
    "page_sent_back": "A page that you handed in came back to you",
    "page_taken": "Somebody else saw to a page that you handed in",
    "new_answers": "There were new answers on themes you follow",
    "visit": "A group said when it comes to visit",
    "visit_alarm": "Somebody was not back",
    "visit_well": "All was well. Somebody said so",
    "visit_concern": "Something was raised on a visit",
    "visit_concern_done": "What was raised on a visit was dealt with",
    "visit_yours": "You were put on the team of a visit",
    "visit_changed": "The plan of a visit changed",
    "visit_off": "A visit was called off",
    "visit_said_off": "Somebody said that a visit was called off",
    "visit_came_after": "Something was sent of a visit after it was called off",
    "visit_to_choose": "One person had sent two different records of a visit",
    "visit_left": "You were taken off the team of a visit",
}
READ_OTHER = "There was something new for you"
# These wait until something was done about them, also for whoever opened them: what they lead to says when they end.
UNTIL_DONE = frozenset({"visit_concern", "visit_said_off", "visit_to_choose"})
# Somebody may be hurt: these stand before all else, in this order.
ABOUT_HARM = ("visit_alarm", NOBODY_THERE, "concern", "visit_concern")


@waiting.register
def notices(request: HttpRequest) -> Iterable[Waiting]:
    """What waits on other hosts; those say themselves what waits there."""
    if not is_platform(request):
        return []
    found: dict[str, list[Notice]] = {kind: [] for kind in ABOUT_HARM}
    for notice in queries.unread_notices(me(request)):
        found.setdefault(notice.kind, []).append(notice)
    schemes = boundary.by_id(notice.scheme_id for notice in found[NOBODY_THERE])
    return [line for kind, several in found.items() for line in _lines(kind, several, schemes)]


def _lines(kind: str, several: list[Notice], schemes: Mapping[UUID | None, Scheme]) -> list[Waiting]:
    """A line for each of one kind, told apart by since when it waits, or one for all, which `my_waiting` lists."""
    number, comes_first = len(several), kind in ABOUT_HARM
    each = [
        Waiting(
            text(notice, schemes.get(notice.scheme_id)),
            reverse("notice_open", args=[notice.pk]),
            comes_first=comes_first,
            since=notice.at if number > 1 else None,
        )
        for notice in several
    ]
    if kind not in MANY or number < 2:
        return each
    words = MANY[kind].format(number=number)
    if kind not in UNTIL_DONE:
        return [Waiting(words, reverse("my_visits"), stands_for=number)]
    return [Waiting(words, reverse("my_waiting"), stands_for=number, comes_first=comes_first, each=tuple(each))]


@waiting.register
def a_new_way_in(request: HttpRequest) -> Iterable[Waiting]:
    """Somebody asked to change how this person signs in: it may not have been them."""
    if not is_platform(request):
        return []
    recovery = queries.recovery_of(me(request))
    if recovery is None or recovery.opens_at is None:
        return []
    words = "Somebody asked to change how you sign in. Stop it, if it was not you"
    return [Waiting(words, reverse("my_recovery"), by=recovery.opens_at.date())]


def changed(request: HttpRequest) -> list[Changed]:
    """What a person has seen lately."""
    return [
        Changed(READ_TEXTS.get(notice.kind, READ_OTHER), reverse("notice_open", args=[notice.pk]), notice.at)
        for notice in queries.lately(me(request))
    ]


def whom_to_ring(notice: Notice) -> str:
    """The same line, for whoever opens it where the scheme's own page with its telephone does not answer."""
    scheme = boundary.by_id([notice.scheme_id]).get(notice.scheme_id)
    return text(notice, scheme) if notice.kind == NOBODY_THERE else ""


def text(notice: Notice, scheme: Scheme | None = None) -> str:
    """What a notice says, by its kind; where nobody at a scheme sees to something, since when and whom to ring."""
    if notice.kind != NOBODY_THERE or scheme is None:
        return TEXTS.get(notice.kind, OTHER)
    runs_it = f"{scheme.provider}, which runs it" if scheme.provider else "whoever runs it"
    came = moment(notice.at)
    if not scheme.is_open:
        how = scheme.get_status_display().lower()
        return f"{scheme} is {how}, so nobody there can read what came on {came}. Ring {runs_it}, today"
    return f"Nobody at {scheme} sees to what came on {came}. Ring {runs_it}, today"

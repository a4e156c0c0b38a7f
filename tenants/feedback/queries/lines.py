"""The line of six stops, and the words under it, for a point and one of its rounds."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit import clock, disclosure
from kit.dates import short_day
from kit.languages import said as said_
from kit.pair import STOPS, PairView, Stop
from tenants.feedback import rules
from tenants.feedback.models import Confirmation, Point, Round
from tenants.feedback.queries.clocks import day_of, done_on
from tenants.feedback.rules import Answer, Kind, Stage, Voice
from tenants.feedback.trails import Turn

SAID_NO = N_("They said no: it has not changed. Decide again.")
# Who says it has its share of the people before it: “Most of the people who said this say it has changed.”
PEOPLE_WHO_SAID_THIS_SAY = {
    Answer.YES: N_("%(people)s who said this say it has changed."),
    Answer.PARTLY: N_("%(people)s who said this say it has partly changed."),
    Answer.NO: N_("%(people)s who said this say it has not changed."),
}
PEOPLE_SAY = {
    Answer.YES: N_("%(people)s say it has changed."),
    Answer.PARTLY: N_("%(people)s say it has partly changed."),
    Answer.NO: N_("%(people)s say it has not changed."),
}
YOU_SAID = {
    Answer.YES: N_("You said that it has changed."),
    Answer.PARTLY: N_("You said that it has partly changed."),
    Answer.NO: N_("You said that it has not changed."),
}
REPORTER_SAYS = {
    Answer.YES: N_("The person their group named says it has changed."),
    Answer.PARTLY: N_("The person their group named says it has partly changed."),
    Answer.NO: N_("The person their group named says it has not changed."),
}


def pair_of(point: Point, round_: Round | None, *, said: str, on: date | None = None) -> PairView:
    """A point as a pair, with the words that its reader may read, as it stands today or as it stood `on` a day.

    The point has its groups at hand (`prefetch_related`), the round its progress, its confirmations and
    its tellings with their sayers; of a day gone by, progress and confirmations until then.
    """
    return PairView(
        said=said,
        decision=round_.decision if round_ else None,  # type: ignore[arg-type]
        answer=round_.answer if round_ else "",
        why=round_.reason if round_ else "",
        who=round_.owner_role if round_ else "",
        by=round_.due if round_ else None,
        is_late=round_ is not None and is_late(round_, on or clock.today()),
        review_on=round_.review_on if round_ else None,
        people_words=_begins(disclosure.people_words(point.how_many)) if point.how_many is not None else "",
        groups=[group.label for group in point.groups.all()],
        said_on=point.said_on,
        stops=stops(point, round_, on=on),
        confirmation_words=confirmation_words(point, round_, on=on) if round_ else "",
        waiting_words=_waiting_words(point, round_, on),
        example_note=point.example_note,
    )


def is_late(round_: Round, day: date) -> bool:
    """Whether on a day the one that was promised has passed and nobody has said that it is done."""
    return round_.due is not None and round_.due < day and done_on(round_) is None


def people_words_of(points: Iterable[Point]) -> str:
    """How many people say the same in several points, by the rule of disclosure; each has its sayers at hand."""
    return _begins(disclosure.people_words(how_many_people(points)))


def how_many_people(points: Iterable[Point]) -> int:
    """The number itself, for staff; nobody who is known to have said two of them is counted twice."""
    return rules.people_in(
        (point.how_many, [sayer.person_id or sayer.slip or sayer.pk for sayer in point.sayers.all()])
        for point in points
    )


def groups_of(points: Iterable[Point]) -> list[str]:
    """All the groups they came from: none is lost where points are answered together (S78 to S80)."""
    return sorted({group.label for point in points for group in point.groups.all()})


def stops(point: Point, round_: Round | None, *, on: date | None = None) -> list[Stop]:
    """How far a point has come by one round. What those who said it deny is not shown as changed.

    Where nothing was promised nothing can change: the line of a "not now" and of a "we cannot" ends when they are told.
    """
    said = Stop(Stage.SAID.label, done=True, on=point.said_on or point.received_on)
    seen = Stop(Stage.SEEN.label, done=point.seen_at is not None, on=day_of(point.seen_at))
    if round_ is None:
        return [said, seen, *(Stop(name) for name in STOPS[2:])]
    answers = the_answers(round_)
    done = done_on(round_)
    stage = rules.after_answers(answer.answer for answer in answers)
    # Whoever was erased is told by nobody, and nobody waits for that.
    told = [telling for telling in round_.tellings.all() if telling.sayer.kind != Kind.GONE]
    reached = [day_of(telling.ended_at) for telling in told if telling.state not in rules.NOT_TOLD]
    ends = [day for day in reached if day and day <= (on or clock.today())]
    all_told = len(ends) == len(told)
    decided = [
        said,
        seen,
        Stop(Stage.DECIDED.label, done=True, on=round_.decided_on),
        Stop(Stage.TOLD.label, done=all_told, on=max(ends) if ends and all_told else None),
    ]
    if not round_.is_promise:
        return decided
    confirmed = [answer.at for answer in answers if answer.answer == Answer.YES] if stage == Stage.CONFIRMED else []
    return [
        *decided,
        Stop(Stage.CHANGED.label, done=done is not None and stage != Stage.SEEN, on=done),
        Stop(Stage.CONFIRMED.label, done=bool(confirmed), on=day_of(min(confirmed)) if confirmed else None),
    ]


def the_answers(round_: Round) -> list[Confirmation]:
    """The last answer of each of those who said it, from rows already at hand, each with its sayer."""
    return last_of_each(round_.confirmations.all())


def last_of_each(answers: Iterable[Confirmation]) -> list[Confirmation]:
    """The last answer of each: whoever said the same twice has one voice."""
    last = {}
    for answer in sorted(answers, key=lambda one: one.number):
        last[answer.voice_key] = answer
    return list(last.values())


def confirmation_words(point: Point, round_: Round, *, on: date | None = None) -> str:
    """What those who said it answered, and for whom they spoke; counts of people by the rule of disclosure.

    Where it waits again, after a "no" or after the day of a "not now", by when it is answered, or how long that takes.
    """
    since = _waits_since(point, round_, on)
    again = again_words(since, on or clock.today()) if since else ""
    return " ".join(filter(None, [what_they_say(round_), again]))


def what_they_say(round_: Round) -> str:
    """The same of a round alone, whether it waits again or not."""
    answers = the_answers(round_)
    if not answers and done_on(round_):
        return _("The scheme says this is done. Those who said it have been asked.")
    return " ".join([*_people_say([a for a in answers if a.voice == Voice.SAYER]), *_reporters_say(answers)])


def own_words(point: Point, round_: Round, answer: Answer | None) -> str:
    """The same to one of those who said it, by what they answered themselves; others may say something else."""
    if answer == Answer.NO and point.is_open:
        return " ".join([_("You said no."), *_others_say(round_), again_words(point.waits_since, clock.today())])
    given = the_answers(round_)
    if not given and done_on(round_):
        return _("We say this is done. You have been asked.")
    if answer and len(given) == 1:
        return said_(YOU_SAID[answer])
    return confirmation_words(point, round_)


def staff_words(point: Point, round_: Round) -> str:
    """The same to staff: what a "no" asks of them stands first."""
    if was_denied(point, round_):
        return " ".join([said_(SAID_NO), *_others_say(round_)])
    return confirmation_words(point, round_)


def was_denied(point: Point, round_: Round) -> bool:
    """Whether it waits again because one of those who said it says that it has not changed."""
    return point.is_open and any(answer.answer == Answer.NO for answer in the_answers(round_))


def again_words(since: date, day: date) -> str:
    """By when the scheme answers what was opened again; after that day, plainly how long it has taken."""
    running = rules.decided_clock(since)
    if running.is_late(day):
        return _("Waiting for an answer: %(progress)s.") % {"progress": running.progress(day)}
    return _("We look at it again and answer by %(day)s.") % {"day": short_day(running.due)}


def _waiting_words(point: Point, round_: Round | None, on: date | None) -> str:
    """“Waiting for an answer: 12 of 20 working days”, while it waits."""
    since = _waits_since(point, round_, on)
    if not since:
        return ""
    return _("Waiting for an answer: %(progress)s") % {
        "progress": rules.decided_clock(since).progress(on or clock.today())
    }


def _waits_since(point: Point, round_: Round | None, on: date | None) -> date | None:
    """Since when it waits for an answer, if it does; of a day gone by its dated rows say so (ADR 0051)."""
    if on is None or round_ is None:
        return point.waits_since if point.is_open else None
    answers = sorted(round_.confirmations.all(), key=lambda one: (one.at, one.number))
    return Turn(
        decision=round_.decision,
        decided_on=round_.decided_on,
        review_on=round_.review_on,
        answers=tuple((one.at.astimezone(clock.LONDON).date(), one.voice_key, Answer(one.answer)) for one in answers),
    ).opened_again_on(on)


def _others_say(round_: Round) -> list[str]:
    """What all of them say, where they do not agree with a "no"."""
    answers = the_answers(round_)
    if all(answer.answer == Answer.NO for answer in answers):
        return []
    return [*_people_say([a for a in answers if a.voice == Voice.SAYER]), *_reporters_say(answers)]


def _people_say(answers: Sequence[Confirmation]) -> list[str]:
    """First what most of this is about, then whoever says something else: nobody is outvoted in silence."""
    if not answers:
        return []
    given = [answer.answer for answer in answers]
    first = Answer.PARTLY if Answer.YES not in given and Answer.PARTLY in given else Answer.YES
    said = [said_(PEOPLE_WHO_SAID_THIS_SAY[first]) % {"people": _share(given, first)}]
    others = [one for one in (Answer.YES, Answer.PARTLY, Answer.NO) if one in given and one != first]
    if first not in given:
        return said
    return said + [said_(PEOPLE_SAY[one]) % {"people": _share(given, one)} for one in others]


def _share(given: Sequence[str], answer: Answer) -> str:
    """“Most of the people”."""
    return _begins(disclosure.share_words(given.count(answer), len(given)))


def _begins(words: str) -> str:
    """The same words at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _reporters_say(answers: Sequence[Confirmation]) -> list[str]:
    given = {Answer(answer.answer) for answer in answers if answer.voice == Voice.REPORTER}
    return [said_(REPORTER_SAYS[answer]) for answer in Answer if answer in given]

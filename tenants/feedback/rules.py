"""The loop's rules, apart from any database: its stages and words, its clocks, and who may say that something changed.

`docs/adr/0030-the-loop-in-code.md` tells why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit import working_days

# Nothing was said here before it, and nothing is promised, or looked at again, later than so many years from today:
# such a day is a slip of the finger, and working days up to it would be counted one by one.
EARLIEST = date(2000, 1, 1)
PROMISED_WITHIN_YEARS = 5
ASKED_WITHIN_YEARS, ASKED_AGAIN_WITHIN_YEARS = 18, 2
# So long before it is written down something can have come; with a wrong year it would be late for good (ADR 0068).
RECEIVED_WITHIN_YEARS = 2
BEFORE_IT_WAS_SAID = "Enter the day on which they said it, or a later day"
# Working days. The first three run from the day something is received, the last two from the day it is sent.
SEEN_WITHIN = 5
DECIDED_WITHIN = 20
PUBLIC_AFTER = 10
LETTER_TAKES = 2
# Days for which a link or a letter opens the question whether something changed.
QUESTION_OPEN = 90
# Before and after the day that a clock ends on: when its owner, and when a manager, is told of it.
OWNER_BEFORE = 2
MANAGER_AFTER = 5
MESSAGE_TAKES = 2
# Days within which a carrier says what became of a message that it took.
CARRIERS_SAY = 8


class Stage(TextChoices):
    """The six stops of the line."""

    SAID = "said", N_("Said")
    SEEN = "seen", N_("Seen")
    DECIDED = "decided", N_("Decided")
    TOLD = "told", N_("Told")
    CHANGED = "changed", N_("Changed")
    CONFIRMED = "confirmed", N_("Confirmed")


class Decision(TextChoices):
    """The four ways in which a scheme decides."""

    WILL = "will", N_("We will")
    DOING = "doing", N_("We are doing it")
    NOT_NOW = "not_now", N_("Not now")
    CANNOT = "cannot", N_("We cannot")


class About(TextChoices):
    """What somebody comes to tell. Only the first becomes a point (ADR 0041)."""

    SERVICE = "service", N_("The service")
    HARM = "harm", N_("Somebody is being hurt, or may be hurt")
    COMPLAINT = "complaint", N_("A complaint")


class Method(TextChoices):
    """How it was said (S76)."""

    TELL_US = "tell_us", "Tell us page"
    WORKSHOP = "workshop", "Workshop"
    EXIT_QUESTIONNAIRE = "exit_questionnaire", "Exit questionnaire"
    REFERENCE_GROUP = "reference_group", "Reference group"
    VISIT = "visit", "Monitoring visit"
    PANEL = "panel", "Panel or board"
    CONVERSATION = "conversation", "Conversation with staff"
    PAPER = "paper", "Paper slip"


class Kind(TextChoices):
    """Who said it: a person with an account, a group's reporter, or whoever holds the paper slip."""

    PERSON = "person", "A person with an account"
    REPORTER = "reporter", "The reporter of a group"
    SLIP = "slip", "Whoever holds the slip"
    GONE = "gone", "Somebody whose record was erased"


class Relation(TextChoices):
    """How somebody is connected to the service (S17)."""

    USING = "using", N_("I use it now")
    HAS_USED = "has_used", N_("I have used it before")
    LIVED_EXPERIENCE = "lived_experience", N_("I have not used it, but I have lived through similar things")
    NOT_SAID = "not_said", N_("I would rather not say")


class Channel(TextChoices):
    """The way in which somebody is told."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"
    PAGE = "page", "Their own page"
    SLIP = "slip", "Slip with a code"
    LETTER = "letter", "Letter"
    WORKER = "worker", "Somebody who works with them"


class Form(TextChoices):
    """In which form somebody can read an answer (DAPB1605); the same values as people's own choice."""

    PLAIN = "plain", "Ordinary print"
    LARGE = "large", "Large print"
    EASY = "easy", "Easy Read"
    OTHER = "other", "Another way"


# What nobody has until a human makes it: never a machine's guess.
MADE_BY_HAND = (Form.EASY, Form.OTHER)

# Those that go out by themselves; those that need a human; those that need neither.
MESSAGES = (Channel.EMAIL, Channel.TEXT)
BY_HAND = (Channel.LETTER, Channel.WORKER)
NOBODY_CARRIES = (Channel.PAGE, Channel.SLIP)


class Purpose(TextChoices):
    """What consent is given for, each asked apart (S3)."""

    RECORD = "record", "Keep what was said, so that it can be answered"
    PUBLISH = "publish", "Show it on the website, in other words and with no name"
    CONTACT = "contact", "Write to them about the answer"
    QUOTE = "quote", "Show words as they said them on the website and on paper, with no name"


class Basis(TextChoices):
    """Why a record may be kept (S3, S4)."""

    CONSENT = "consent", "The person agreed"
    PARENT = "parental_responsibility", "Somebody with parental responsibility agreed"


# What is written down as well when a parent agreed for a child (S4), as the record and the form call it.
OF_A_PARENT = ("giver_name", "giver_relationship", "evidence_seen", "child_view")


class TheySay(TextChoices):
    """What a young person says of what a parent agreed to for them (S4)."""

    AGREES = "agrees", "They agree that we keep it"
    NO = "no", "They do not want it kept. Take the words out now"
    LATER = "later", "They could not be asked yet"


class TellingState(TextChoices):
    """How a telling stands; all but the first are ends. What was sent may still turn out to be delivered, or failed."""

    PENDING = "pending", "On its way"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    WAITING = "waiting", "Waiting on their page or slip"
    POSTED = "posted", "Posted"
    FAILED = "failed", "Failed: somebody must find another way"
    REPLACED = "replaced", "Stopped: a newer answer replaced this one"


# Of whom nobody can say that they were told.
NOT_TOLD = (TellingState.PENDING, TellingState.FAILED, TellingState.REPLACED)


class Answer(TextChoices):
    """Did it change?"""

    YES = "yes", N_("Yes")
    PARTLY = "partly", N_("Partly")
    NO = "no", N_("No")


class Step(TextChoices):
    """Who is told of a clock, one after the other (ADR 0047)."""

    OWNER = "owner", "Two working days before: whoever sees to it"
    LEAD = "lead", "When the day has passed: the involvement lead"
    MANAGER = "manager", "Five working days after: the manager"


class FileKind(TextChoices):
    """The files as which the register can be saved."""

    CSV = "csv", "CSV, for any program"
    ODS = "ods", "ODS, for a spreadsheet program"


class Sheet(TextChoices):
    """The sizes of a poster."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


class WhyWords(TextChoices):
    """Why what was said in private is saved with the rest; the label ends a phrase of the audit."""

    ANSWER = "answer", "to prepare the answers"
    CHECK = "check", "to check our own work"
    ASKED = "asked", "because those who said it asked for it"
    LAW = "law", "because the law asks for it"


class Voice(TextChoices):
    """As whom somebody confirms."""

    SAYER = "sayer", "The person who said it"
    REPORTER = "reporter", "The reporter their group named"
    GROUP = "group", "A user-led group, at its visit"


class Benefit(TextChoices):
    """What an answer helps (S23 to S26). They are never scored or ranked (S30)."""

    INDIVIDUAL = "individual", "Care and treatment of one person"
    COMMUNITY = "community", "Communities: people who support each other"
    SERVICE = "service", "Services: how good they are"
    GOVERNANCE = "planning_commissioning_governance", "Planning, commissioning and governance"


class Aim(TextChoices):
    """What an answer aims at (S91). They are never scored or ranked either."""

    ACCESS = "access", "Better access to health care and support"
    INEQUALITIES = "health_inequalities", "Smaller health inequalities"
    DIVERSION = "diversion", "Diversion, where it is appropriate"
    EFFICIENCY = "efficiency", "Efficiency in the justice systems"
    REOFFENDING = "reoffending", "Less reoffending or escalation"


OUTCOMES = [*Benefit.choices, *Aim.choices]
# What the public reads of them. The others would say something of whoever said it, or where they said it.
PUBLIC_OUTCOMES = {
    Benefit.COMMUNITY: N_("People supporting each other"),
    Benefit.SERVICE: N_("A better service"),
    Benefit.GOVERNANCE: N_("How things are decided"),
    Aim.ACCESS: N_("Getting health care and support"),
    Aim.INEQUALITIES: N_("Good health for everybody alike"),
}
# The record of due regard: the three aims of section 149, health inequalities, and how they were looked at.
REGARD = {
    "eliminate": "Stopping discrimination",
    "advance": "Equal chances for everybody",
    "foster": "Good relations between people",
    "health": "Health inequalities",
    "evidence": "What you know and how",
    "involved": "Who was involved",
    "mitigation": "What you do about harm",
}
OPEN = (Stage.SAID, Stage.SEEN)
PROMISES = (Decision.WILL, Decision.DOING)


def question_open_until(today: date) -> date:
    """The last day on which a letter that is made today can be answered."""
    return today + timedelta(days=QUESTION_OPEN)


def latest_promise(today: date) -> date:
    """The latest day that can be promised today."""
    return _years_after(today, PROMISED_WITHIN_YEARS)


def latest_asking(today: date) -> date:
    """The latest day for which a child whom a parent agreed for can be put down to be asked: who is born today."""
    return _years_after(today, ASKED_WITHIN_YEARS)


def latest_asking_again(today: date) -> date:
    """The latest day until which asking a young person can be put off: from 16 to 18."""
    return _years_after(today, ASKED_AGAIN_WITHIN_YEARS)


def earliest_received(today: date) -> date:
    """The earliest day on which something that is written down today can have come."""
    return _years_after(today, -RECEIVED_WITHIN_YEARS)


def _years_after(today: date, years: int) -> date:
    # The 29th of February has no day of its name in most years.
    return today.replace(year=today.year + years, day=min(today.day, 28))


def after_answers(answers: Iterable[str]) -> Stage:
    """Where a point stands once those who said it have answered "did it change?": the last answer of each counts.

    One "no" opens it again. One "yes" and no "no" confirms it. "Partly" alone leaves the scheme's word a claim.
    """
    given = set(answers)
    if Answer.NO in given:
        return Stage.SEEN
    return Stage.CONFIRMED if Answer.YES in given else Stage.CHANGED


def month_after(day: date) -> date:
    """The month after a birthday: all that is kept of when somebody turns 16 or 18."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def is_cut_from(part: str, whole: str) -> bool:
    """Whether words were only left out: nothing is put into anybody's mouth."""
    ahead = iter(whole.split())
    return all(word in ahead for word in part.split())


def is_part_of(part: str, whole: str) -> bool:
    """Whether words stand in a text exactly like this, one after the other; how lines break does not count."""
    said, wanted = whole.split(), part.split()
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def crowds_in(points: Iterable[tuple[int | None, Iterable[object]]]) -> list[int]:
    """How many people stand behind several points, in crowds that share nobody who is known.

    Of each point how many there were, and who is known to have said it. Where somebody is known to have said two of
    them, the larger number holds those of both: nobody is counted twice.
    """
    crowds: dict[int, tuple[int, set[object]]] = {}
    crowd_of: dict[object, int] = {}
    for number, (many, known) in enumerate(points):
        most, everybody = many or 0, set(known)
        for met in {crowd_of[one] for one in everybody if one in crowd_of}:
            more, others = crowds.pop(met)
            most, everybody = max(most, more), everybody | others
        crowds[number] = most, everybody
        crowd_of.update(dict.fromkeys(everybody, number))
    return [max(most, len(everybody)) for most, everybody in crowds.values()]


def people_in(points: Iterable[tuple[int | None, Iterable[object]]]) -> int:
    """How many people say the same in several points; nobody who is known to have said two is counted twice."""
    return sum(crowds_in(points))


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three clocks of a point: from when, until when, and when it was stopped (still running if never)."""

    name: str
    started_on: date
    due: date
    stopped_on: date | None = None

    def used(self, today: date) -> int:
        """Working days that have gone; the day it started is not counted."""
        return working_days.between(self.started_on, self.stopped_on or today)

    @property
    def allowed(self) -> int:
        """Working days there are."""
        return working_days.between(self.started_on, self.due)

    def is_late(self, today: date) -> bool:
        return (self.stopped_on or today) > self.due

    def words(self, today: date) -> str:
        """How a clock reads in the register: "2 working days left", "due today", "3 working days late", "in time"."""
        if self.stopped_on:
            return "late" if self.is_late(today) else "in time"
        if today == self.due:
            return "due today"
        if today > self.due:
            # A due day may fall on a weekend; the first working day after it is one day late all the same.
            return f"{_days(max(1, working_days.between(self.due, today)))} late"
        return f"{_days(max(1, working_days.between(today, self.due)))} left"

    def progress(self, today: date) -> str:
        """How a clock reads to the public: "12 of 20 working days", and plainly when it is more than was promised."""
        used, allowed = self.used(today), self.allowed
        if used > allowed:
            return _("%(used)s working days. We promised %(allowed)s") % {"used": used, "allowed": allowed}
        return _("%(used)s of %(allowed)s working days") % {"used": used, "allowed": allowed}


def seen_clock(started_on: date, stopped_on: date | None = None) -> Clock:
    """Somebody acknowledges a point within 5 working days."""
    return Clock("seen", started_on, working_days.add(started_on, SEEN_WITHIN), stopped_on)


def decided_clock(started_on: date, stopped_on: date | None = None) -> Clock:
    """A scheme decides within 20 working days."""
    return Clock("decided", started_on, working_days.add(started_on, DECIDED_WITHIN), stopped_on)


def changed_clock(started_on: date, due: date, stopped_on: date | None = None) -> Clock:
    """What was promised is done by the date that was promised."""
    return Clock("changed", started_on, due, stopped_on)


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"

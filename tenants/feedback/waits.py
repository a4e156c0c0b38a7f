"""What waits for somebody at this scheme: points and tellings for staff, a question for who said it."""

from django.http import HttpRequest
from django.urls import reverse

from kit import working_days
from kit.waiting import Waiting
from people import waiting
from people.here import me
from tenants.feedback.actions import record_reading
from tenants.feedback.models import Point
from tenants.feedback.queries import first_words, mine, tasks_of_telling
from tenants.feedback.rules import PROMISES, PUBLIC_AFTER, Decision, Stage
from tenants.schemes.requires import may
from tenants.schemes.rights import Permission

# Lines of one kind that are made at most: the page shows the soonest few, and says how many there are.
LONGEST = 100
LETTERS = 40


@waiting.register
def for_staff(request: HttpRequest) -> list[Waiting]:
    """Points to see and to decide, promises to keep, and people to tell; each only for who may do it."""
    if getattr(request, "scheme_here", None) is None:
        return []
    lines = []
    if may(request, Permission.ACKNOWLEDGE_POINTS):
        lines += _points("See what somebody said", Stage.SAID)
    if may(request, Permission.DECIDE_POINTS):
        lines += _points("Decide about what somebody said", Stage.SEEN)
    if may(request, Permission.REPORT_PROGRESS):
        lines += _points("Say what was done about a promise", Stage.TOLD, *PROMISES)
    if may(request, Permission.APPROVE_WORDS):
        lines += [
            Waiting(_about("Write words for the website", point), reverse("feedback:point_words", args=[point.pk]))
            for point in Point.objects.agreed_to_be_public().without_words()[:LONGEST]
        ]
    if lines:
        # Each line begins with what somebody said.
        record_reading(by=me(request), what="read the beginnings of what waits")
    return lines + (_tellings() if may(request, Permission.TELL_PEOPLE) else [])


@waiting.register
def for_those_who_said_it(request: HttpRequest) -> list[Waiting]:
    """A question about what was said to be done."""
    if getattr(request, "scheme_here", None) is None or not request.user.is_authenticated:
        return []
    return [
        Waiting("Did it change? Tell us", reverse("feedback:my_point", args=[own.point.pk]))
        for own in mine(request.user.pk)
        if own.asked
    ]


def _points(words: str, stage: Stage, *decisions: Decision) -> list[Waiting]:
    points = Point.objects.not_erased().at_stage(stage).exclude(due_on=None).order_by("due_on")
    if decisions:
        points = points.decided_as(*decisions)
    return [
        Waiting(_about(words, point), reverse("feedback:point", args=[point.pk]), by=point.due_on)
        for point in points[:LONGEST]
    ]


def _tellings() -> list[Waiting]:
    """People to tell before the public may read the answer: the day of the oldest."""
    tasks = list(tasks_of_telling())
    if not tasks:
        return []
    words = "1 person still to tell" if len(tasks) == 1 else f"{len(tasks)} people still to tell"
    by = min(working_days.add(told.round.decided_on, PUBLIC_AFTER) for told in tasks)
    return [Waiting(words, reverse("feedback:telling"), by=by)]


def _about(words: str, point: Point) -> str:
    """How it begins tells one line from the next."""
    return f"{words}: “{first_words(point, LETTERS)}”"

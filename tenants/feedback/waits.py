"""What waits for somebody at this scheme: points and tellings for staff, a question for who said it."""

from django.http import HttpRequest
from django.urls import reverse

from kit.waiting import MOST, Waiting
from people import waiting
from tenants.feedback.models import Point, Told
from tenants.feedback.queries import mine
from tenants.feedback.rules import PROMISES, Decision, Stage
from tenants.schemes.requires import may
from tenants.schemes.rights import Permission


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
            Waiting("Write words for the website", reverse("feedback:point_words", args=[point.pk]))
            for point in Point.objects.agreed_to_be_public().without_words()[:MOST]
        ]
    if may(request, Permission.TELL_PEOPLE) and (tasks := Told.objects.for_a_human().count()):
        words = "1 person still to tell" if tasks == 1 else f"{tasks} people still to tell"
        lines.append(Waiting(words, reverse("feedback:telling")))
    return lines


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
    points = Point.objects.not_erased().at_stage(stage).exclude(due_on=None).order_by("due_on").select_related("theme")
    if decisions:
        points = points.decided_as(*decisions)
    return [
        Waiting(_about(words, point), reverse("feedback:point", args=[point.pk]), by=point.due_on)
        for point in points[:MOST]
    ]


def _about(words: str, point: Point) -> str:
    """What it is about tells one line from the next; what was said itself stands on its own page alone."""
    return f"{words}: {str(point.theme).lower()}" if point.theme else words

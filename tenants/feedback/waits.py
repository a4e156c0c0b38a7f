"""What waits for somebody at this scheme: points and tellings for staff, a question for who said it.

On the platform staff read how much waits, and nothing of what it is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from kit import clock, working_days
from kit.waiting import Waiting
from people import waiting
from people.here import me
from people.links import into_scheme
from tenants.feedback.actions import record_reading
from tenants.feedback.models import Concern, InformationNeed, Point, Told
from tenants.feedback.queries import (
    agreed_for_by_a_parent,
    first_words,
    mine,
    says_where_complaints_go,
    tasks_of_asking,
    tasks_of_telling,
)
from tenants.feedback.querysets.points import PointQuerySet
from tenants.feedback.rules import PUBLIC_AFTER, Stage, Step
from tenants.schemes import queries as boundary
from tenants.schemes import second_step
from tenants.schemes.entering import enter
from tenants.schemes.here import is_platform, scheme_here, works_at
from tenants.schemes.models import Scheme
from tenants.schemes.requires import may, rights
from tenants.schemes.rights import GRANTS, Permission, Role, rights_of

# Lines of one kind that are made at most: the page shows the soonest few, and says how many there are.
LONGEST = 100
LETTERS = 40
# Where those that have no line are found by whoever has no list of all.
LATER = "when you have done some of these"
POINT = "feedback:point"
# To whoever sees to a point whose next step somebody else has the right to take.
YOURS = "See to what somebody said"


@waiting.register
def for_staff(request: HttpRequest) -> list[Waiting]:
    """Points to see and to decide, promises to keep, and people to tell; each only for who may do it."""
    if is_platform(request):
        return []
    allowed = rights(request)
    lines = [
        line for one in _work_for(scheme_here(request), request.user.pk, allowed) for line in _lines_of(one, allowed)
    ]
    if lines:
        # Each line begins with what somebody said.
        record_reading(by=me(request), what="read the beginnings of what waits")
    return (
        _concerns(allowed)
        + lines
        + _nobody_to_ring(allowed)
        + (_people_to_tell() if may(request, Permission.TELL_PEOPLE) else [])
    )


@waiting.register
def for_staff_on_their_own_page(request: HttpRequest) -> list[Waiting]:
    """On the platform: how much waits at each scheme they work for, and by when. No word of anybody comes here."""
    if not is_platform(request) or not request.user.is_authenticated:
        return []
    lines = []
    for scheme in works_at(request):
        allowed = rights_of(me(request).pk, scheme, second_step=second_step.passed(request))
        with enter(scheme):
            many, by = _how_much_and_by_when(scheme, me(request).pk, allowed)
        if many:
            words = "1 thing waits" if many == 1 else f"{many} things wait"
            lines.append(Waiting(f"{words} for you at {scheme.name}", into_scheme(scheme, "/staff/"), by=by))
    return lines


@waiting.register
def for_those_who_said_it(request: HttpRequest) -> list[Waiting]:
    """A question about what was said to be done."""
    if is_platform(request) or not request.user.is_authenticated:
        return []
    found = mine(request.user.pk)
    return [
        Waiting("Did it change? Tell us", reverse("feedback:my_point", args=[own.point.pk]))
        for own in found
        if own.asked
    ] + [
        Waiting("We have a question for you", reverse("feedback:my_point", args=[own.point.pk]))
        for own in found
        if own.to_reply
    ]


@dataclass(frozen=True, slots=True)
class _Work:
    """Points with which one thing is to be done: in which words, on which page, and whether by a day."""

    words: str
    page: str
    points: PointQuerySet
    has_a_day: bool = True
    is_about_agreed_words: bool = False
    """For those with no register: of what nobody agreed to publish they read nothing."""

    def day_of(self, point: Point) -> date | None:
        return point.due_on if self.has_a_day else None


def _work_for(scheme: Scheme, person_id: UUID | None, allowed: Collection[Permission]) -> list[_Work]:
    """What somebody with these permissions has to do about points, in the scheme entered.

    What others see to waits for them alone, as long as they may do it, and until a clock brings it to somebody else.
    """
    if person_id is None or not {*_about_points(), Permission.SEE_REGISTER} & set(allowed):
        return []
    own = boundary.seats_of(scheme, person_id)
    seats, steps = {one.pk for one in own}, _steps_of({Role(one.role) for one in own})
    others = [one for one in boundary.members(scheme) if one.pk not in seats]
    found = []
    for permission, work in _about_points().items():
        able = {one.pk for one in others if permission in GRANTS[Role(one.role)]}
        if permission in allowed:
            points = work.points.not_seen_to_by(able, but=steps) if work.has_a_day else work.points
            found.append(replace(work, points=points))
        elif work.has_a_day and Permission.SEE_REGISTER in allowed:
            found.append(replace(work, words=YOURS, points=work.points.owned_by(seats)))
    return found


def _steps_of(roles: Collection[Role]) -> list[Step]:
    """The steps of a clock that bring somebody of these roles what others see to."""
    if Role.MANAGER in roles:
        return [Step.LEAD, Step.MANAGER] if Role.INVOLVEMENT_LEAD in roles else [Step.MANAGER]
    return [Step.LEAD] if Role.INVOLVEMENT_LEAD in roles else []


def _about_points() -> dict[Permission, _Work]:
    """What is to be done about points, by the permission that it needs."""
    due = Point.objects.leading().not_erased().exclude(due_on=None).order_by("due_on")
    promised = due.to_be_done()
    unwritten = Point.objects.leading().not_erased().agreed_to_be_public().without_words()
    return {
        Permission.ACKNOWLEDGE_POINTS: _Work("See what somebody said", POINT, due.at_stage(Stage.SAID)),
        Permission.DECIDE_POINTS: _Work("Decide about what somebody said", POINT, due.at_stage(Stage.SEEN)),
        Permission.REPORT_PROGRESS: _Work("Say what was done about a promise", POINT, promised),
        Permission.APPROVE_WORDS: _Work(
            "Write words for the website",
            "feedback:point_words",
            unwritten,
            has_a_day=False,
            is_about_agreed_words=True,
        ),
    }


def _concerns(allowed: Collection[Permission]) -> list[Waiting]:
    """Words about harm that nobody has taken up; no word of them stands in a line."""
    if Permission.SEE_CONCERNS not in allowed:
        return []
    new, words = Concern.objects.new(), "Take up a concern"
    lines = [
        Waiting(words, reverse("feedback:concern", args=[concern.pk]), by=concern.take_up_by, comes_first=True)
        for concern in new[:LONGEST]
    ]
    more = _more(new, len(lines), words, "among all concerns", reverse("feedback:concerns"))
    return lines + [replace(line, comes_first=True) for line in more]


def _must_say_where_complaints_go(allowed: Collection[Permission]) -> bool:
    return Permission.MANAGE_COMPLAINTS in allowed and not says_where_complaints_go()


def _nobody_to_ring(allowed: Collection[Permission]) -> list[Waiting]:
    """For the manager, as long as nobody has written down where a complaint goes."""
    if not _must_say_where_complaints_go(allowed):
        return []
    return [
        Waiting("Write down where a complaint goes: the page names nobody to ring", reverse("feedback:complaint_way"))
    ]


def _how_much_and_by_when(scheme: Scheme, person_id: UUID, allowed: Collection[Permission]) -> tuple[int, date | None]:
    """The number of things to do at the scheme entered, and the soonest day: two numbers of nobody."""
    many, days = 0, []
    for one in _work_for(scheme, person_id, allowed):
        found = one.points.order_by().aggregate(many=Count("pk"), by=Min("due_on"))
        many += found["many"]
        days += [found["by"]] if one.has_a_day and found["by"] else []
    if Permission.SEE_CONCERNS in allowed:
        concerns = list(Concern.objects.new().values_list("take_up_by", flat=True))
        many, days = many + len(concerns), days + concerns
    many += _must_say_where_complaints_go(allowed)
    if Permission.TELL_PEOPLE in allowed:
        tasks = list(tasks_of_telling())
        many += len(tasks) + tasks_of_asking().count()
        days += [_tell_by(tasks)] if tasks else []
        again = [need.review_on for need in InformationNeed.objects.to_look_at_again(clock.today())]
        many, days = many + len(again) + agreed_for_by_a_parent().count(), days + again
    return many, min(days, default=None)


def _people_to_tell() -> list[Waiting]:
    return _tellings() + _askings() + _needs() + _young()


def _needs() -> list[Waiting]:
    """What people need to read an answer, and was not asked for a year."""
    again, words = InformationNeed.objects.to_look_at_again(clock.today()), "Ask again what somebody needs"
    lines = [
        Waiting(f"{words} to read an answer", reverse("feedback:need", args=[need.pk]), by=need.review_on)
        for need in again[:LONGEST]
    ]
    return lines + _more(again, len(lines), words, "in the list of what people need", reverse("feedback:needs"))


def _young() -> list[Waiting]:
    """For whom a parent agreed, and who are asked themselves from this month on (S4)."""
    young, words = agreed_for_by_a_parent(), "Ask a young person themselves"
    lines = [Waiting(words, reverse("feedback:young", args=[sayer.pk])) for sayer in young[:LONGEST]]
    return lines + _more(young, len(lines), words, LATER, reverse("staff_waiting"))


def _tellings() -> list[Waiting]:
    """People to tell before the public may read the answer: the day of the oldest."""
    tasks = list(tasks_of_telling())
    if not tasks:
        return []
    words = "1 person still to tell" if len(tasks) == 1 else f"{len(tasks)} people still to tell"
    return [Waiting(words, reverse("feedback:telling"), by=_tell_by(tasks))]


def _askings() -> list[Waiting]:
    """People to ask whether something changed, who are asked by a letter or by whoever works with them."""
    many = tasks_of_asking().count()
    if not many:
        return []
    words = "1 person to ask whether it changed" if many == 1 else f"{many} people to ask whether it changed"
    return [Waiting(words, reverse("feedback:telling"))]


def _tell_by(tasks: Iterable[Told]) -> date:
    return min(working_days.add(told.round.decided_on, PUBLIC_AFTER) for told in tasks)


def _more(found: QuerySet[Any], shown: int, words: str, where: str, href: str) -> list[Waiting]:
    """The last line of a kind of which there are more than have a line; nothing where all have one."""
    # Most often there are few, and nothing more is asked.
    more = found.count() - shown if shown == LONGEST else 0
    return [Waiting(f"{words}: and {more} more {where}", href, stands_for=more)] if more else []


def _lines_of(work: _Work, allowed: Collection[Permission]) -> list[Waiting]:
    """A line for each point; how it begins tells one from the next."""
    points = list(work.points[:LONGEST])
    if Permission.SEE_REGISTER in allowed:
        more = _more(work.points, len(points), work.words, "in the register", reverse("feedback:register"))
    else:
        more = _more(work.points, len(points), work.words, LATER, reverse("staff_waiting"))
    shown = {point.pk for point in points}
    if work.is_about_agreed_words:
        # Those who said the same may have agreed where those who said the first of them did not.
        shown = set(Point.objects.filter(pk__in=shown).each_agreed().values_list("pk", flat=True))
    return [
        Waiting(
            f"{work.words}: “{first_words(point, LETTERS)}”" if point.pk in shown else work.words,
            reverse(work.page, args=[point.pk]),
            by=work.day_of(point),
        )
        for point in points
    ] + more

"""Whatever people do with points, and in whichever order: the store says what a count of the register says."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, integers, sampled_from

from comparison import queries, recounting
from comparison.measures import Period, Share
from comparison.models import RegisterCheck
from kit import clock, scheduler
from people.erasure import _empty_in
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions.counting import KIND
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import Point
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.rules import Decision, decided_clock
from tenants.schemes.models import Membership, Scheme
from tests.coming_again import some_come_again
from tests.factories.feedback import decided, said, slip, somebody
from tests.factories.people import someone

MOST = 6
_numbers = count()


def by_the_register(today: date) -> Share:
    """The share as the paper for the board knows points: by their trails, which no national figure is made of."""
    in_time = late = waiting = overdue = 0
    for trail in trails_until(today):
        asked, answered = next(trail.waits(today), (None, None))
        if asked is None:
            continue
        due = decided_clock(asked).due
        if answered is None and today <= due:
            waiting += 1
        elif answered is not None and answered <= due:
            in_time += 1
        elif answered is not None:
            late += 1
        else:
            overdue += 1
    return Share(in_time, in_time + late + overdue, waiting, overdue)


def walk(scheme: Scheme, owner: Membership, lead: Person, work: Callable[[], None]) -> type[RuleBasedStateMachine]:
    class Points(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            # The count of the night would put right what an action forgot to promise.
            long_after = clock.now() + timedelta(days=36500)
            RegisterCheck.objects.update_or_create(scheme=scheme, defaults={"checked_at": long_after})
            first, second = someone("Robin"), someone("Sam")
            self.points = [said(somebody(one), words="It was cold. Nobody rang.") for one in (first, second)]

        @rule(ago=sampled_from([0, 1, 27, 28, 29, 40]), several=booleans())
        def hear(self, ago: int, several: bool) -> None:
            if len(self.points) < MOST:
                sayers = [slip(), slip()] if several else [somebody(someone("Robin"))]
                words = f"It was cold. Nobody rang {next(_numbers)}."
                self.points.append(said(*sayers, words=words, received_on=clock.today() - timedelta(days=ago)))

        @rule(which=integers(0, MOST), decision=sampled_from(Decision), again=booleans())
        def decide(self, which: int, decision: Decision, again: bool) -> None:
            point = self._point(which)
            last = point.rounds.order_by("-number").first()
            self._try(lambda: decided(point, owner, decision, by=lead, replaces=last if again else None))

        @rule(one=integers(0, MOST), other=integers(0, MOST))
        def put_together(self, one: int, other: int) -> None:
            self._try(lambda: actions.answer_together(points=[self._point(one), self._point(other)], by=lead))

        @rule(which=integers(0, MOST))
        def take_apart(self, which: int) -> None:
            self._try(lambda: actions.answer_apart(point=self._point(which), by=lead))

        @rule(which=integers(0, MOST))
        def split(self, which: int) -> None:
            point = self._point(which)
            if len(self.points) < MOST:
                stays, _, goes = point.said.partition(". ")
                self._try(
                    lambda: self.points.append(
                        actions.split(
                            point=point, stays=stays, goes=goes, theme=None, client_key=uuid4(), by=lead
                        )  # fmt: skip
                    )
                )

        @rule(which=integers(0, MOST))
        def take_back(self, which: int) -> None:
            sayer = self._point(which).sayers.all()[0]
            by = Person.objects.filter(pk=sayer.person_id).first()
            self._try(lambda: actions.take_back(sayer=sayer, by=by))

        @rule(which=integers(0, MOST))
        def erase(self, which: int) -> None:
            if person_id := self._point(which).only_person_id:
                _empty_in(person_id, scheme.schema_name)

        @rule(which=integers(0, MOST))
        def pass_on(self, which: int) -> None:
            self._try(lambda: actions.hand_over(point=self._point(which), note="", by=lead))

        @rule(days=sampled_from([1, 7, 28, 95]))
        def wait(self, days: int) -> None:
            clock.set_to(clock.now() + timedelta(days=days), frozen=True)
            assert scheduler.tick().failures == []

        @rule(seed=integers(0, 1000))
        def messages_come_in_any_order_and_some_again(self, seed: int) -> None:
            draw = Random(seed)
            work()
            some_come_again(
                KIND,
                schema=scheme.schema_name,
                draw=draw,
                payload=lambda: {"points": [str(draw.choice(self.points).pk)]},
            )

        @invariant()
        def the_store_agrees_with_the_scheme_and_the_page_with_the_register(self) -> None:
            work()
            checked = recounting.check_one(scheme)
            assert checked.agrees, (checked.differences, checked.figures)
            assert queries.share_at(scheme, Period.ALL) == by_the_register(clock.today())

        def _point(self, which: int) -> Point:
            return Point.objects.get(pk=self.points[which % len(self.points)].pk)

        def _try(self, act: Callable[[], object]) -> None:
            try:
                act()
            except FeedbackError as refused:
                assert str(refused).endswith(".")

    return Points


@pytest.mark.parametrize("walks", [4, pytest.param(100, marks=pytest.mark.long)])
def test_after_any_acts_in_any_order_the_store_says_what_the_register_says(
    inside: Scheme, owner: Membership, lead: Person, work: Callable[[], None], walks: int
) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        walk(inside, owner, lead, work),
        settings=settings(
            max_examples=walks,
            stateful_step_count=16,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""The loop under any order of acts: whatever people do, and in whichever order, its promises hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from kit import clock, scheduler
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import Confirmation, Point, Round, Told
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.querysets.rounds import latest_decision_is
from tenants.feedback.rules import OPEN, PROMISES, Answer, Channel, Decision, Stage, TellingState
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, slip


def walk(owner: Membership, lead: Person) -> type[RuleBasedStateMachine]:
    """The machine, for one scheme's lead."""

    class Loop(RuleBasedStateMachine):
        """Each walk begins on the same day with nothing there, so that one that fails can be walked again."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.began, self.before = clock.now(), transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.before)
            clock.set_to(self.began, frozen=True)

        @initialize(channels=sampled_from([[Channel.SLIP], [Channel.SLIP, Channel.LETTER], [Channel.LETTER] * 2]))
        def somebody_says_something(self, channels: list[Channel]) -> None:
            self.point = said(*(slip(channel=channel) for channel in channels), logged=True, by=lead)
            self.words: list[tuple[Any, ...]] = []

        @rule()
        def see(self) -> None:
            actions.acknowledge(point=self.point, by=lead)

        @rule(days=sampled_from([0, 1, 20]))
        def correct_the_day_it_came(self, days: int) -> None:
            day = self.now.written_on - timedelta(days=days)
            self._try(lambda: actions.correct_day(point=self.point, received_on=day, by=lead))

        @rule()
        def approve(self) -> None:
            self._try(lambda: actions.approve_words(point=self.point, words="Other words", by=lead))

        @rule(decision=sampled_from(Decision), again=sampled_from([True, False]))
        def decide(self, decision: Decision, again: bool) -> None:
            latest = self.point.rounds.order_by("-number").first()
            self._try(lambda: decided(self.point, owner, decision, by=lead, replaces=latest if again else None))

        @rule()
        def tell_one(self) -> None:
            told = Told.objects.filter(round__point=self.point).pending().first()
            if told:
                actions.end_telling(told=told, by=lead)

        @rule()
        def report(self) -> None:
            self._try(lambda: actions.report_progress(point=self.point, words="Begun", by=lead))

        @rule()
        def finish(self) -> None:
            self._try(lambda: actions.claim_done(point=self.point, words="Done", by=lead))

        @rule(answer=sampled_from(Answer), which=sampled_from([0, -1]))
        def confirm(self, answer: Answer, which: int) -> None:
            sayer = list(self.point.sayers.all())[which]
            self._try(lambda: actions.confirm(sayer=sayer, answer=answer, by=None))

        @rule()
        def take_back(self) -> None:
            actions.stop_publishing(sayer=self.point.sayers.first(), by=None)

        @rule(days=sampled_from([1, 14, 100]))
        def wait(self, days: int) -> None:
            clock.set_to(clock.now() + timedelta(days=days), frozen=True)
            assert scheduler.tick().failures == []

        def _try(self, act: Any) -> None:
            try:
                act()
            except FeedbackError as refused:
                assert str(refused).endswith(".")

        @property
        def now(self) -> Point:
            return Point.objects.get(pk=self.point.pk)

        @invariant()
        def whatever_waits_has_a_clock_and_nothing_confirmed_has_one(self) -> None:
            assert (self.now.stage in OPEN) <= (self.now.due_on is not None)
            assert (self.now.stage in (Stage.CHANGED, Stage.CONFIRMED)) <= (self.now.due_on is None)

        @invariant()
        def no_answer_is_public_before_all_were_told_or_10_working_days_passed(self) -> None:
            for round_ in Round.objects.filter(point=self.point).exclude(public_from=None):
                late = clock.today() - round_.decided_on >= timedelta(days=14)
                assert late or not round_.tellings.filter(state=TellingState.PENDING).exists()

        @invariant()
        def what_is_public_was_approved_and_agreed_to_by_all(self) -> None:
            if self.point.pk in Point.objects.told_first().values_list("pk", flat=True):
                assert self.now.words_are_approved
                assert Point.objects.agreed_to_be_public().filter(pk=self.point.pk).exists()

        @invariant()
        def confirmed_is_said_by_those_who_said_it_and_never_against_a_no(self) -> None:
            if self.now.stage == Stage.CONFIRMED:
                latest = Round.objects.filter(point=self.point).latest_of_its_point().get()
                given = set(Confirmation.objects.that_count().filter(round=latest).values_list("answer", flat=True))
                assert Answer.YES in given and Answer.NO not in given

        @invariant()
        def decisions_are_added_and_never_overwritten(self) -> None:
            rounds = Round.objects.filter(point=self.point).order_by("number")
            words = [(one.number, one.decision, one.reason, one.decided_at) for one in rounds]
            assert words[: len(self.words)] == self.words
            self.words = words

        @invariant()
        def what_is_worked_out_from_dates_is_what_the_register_says(self) -> None:
            running = [trail.running(clock.today()) for trail in trails_until(clock.today())]
            first_due = sorted(min(one.due for one in clocks) for clocks in running if clocks)
            promised = Q(latest_decision_is(*PROMISES), stage__in=(Stage.DECIDED, Stage.TOLD))
            points = Point.objects.filter(Q(stage__in=OPEN) | promised)
            assert first_due == sorted(points.values_list("due_on", flat=True))

        @invariant()
        def every_page_can_be_drawn(self) -> None:
            assert queries.point_page(self.point.pk) is not None
            assert len(queries.answered().object_list) == Point.objects.told_first().count()

    return Loop


@pytest.mark.parametrize("walks", [3, pytest.param(100, marks=pytest.mark.long)])
def test_whatever_is_done_in_whichever_order_the_loop_keeps_its_promises(
    inside: Scheme, owner: Membership, lead: Person, walks: int
) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        walk(owner, lead),
        settings=settings(
            max_examples=walks,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Whatever people do with points, and in whichever order: what is found nationally is what the scheme's site shows."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from operator import attrgetter
from random import Random
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, integers, sampled_from, sets

from answers.models import PublishedAnswer
from kit import clock, scheduler
from people.erasure import _empty_in
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import GroupTag, Point, Sayer, Theme, Told
from tenants.feedback.rules import PUBLIC_OUTCOMES, Answer, Channel, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.coming_again import some_come_again
from tests.factories.feedback import decided, published, said, slip, somebody
from tests.factories.people import reached_by_mail, someone
from tests.integration.answers.conftest import MEDICATION, WAITING, Publish, lead_of
from tests.integration.feedback.conftest import MONDAY

MOST = 6
KIND = "feedback.public"
Row = TypeVar("Row", Told, Sayer)
_numbers = count()


def walk(
    scheme: Scheme, owner: Membership, others: list[Point], work: Callable[[], None]
) -> type[RuleBasedStateMachine]:
    lead = lead_of(owner)

    class Points(RuleBasedStateMachine):
        def __init__(self) -> None:
            """Each walk begins on the same Monday, and all that it did is undone at its end."""
            super().__init__()
            self.before = transaction.savepoint()
            clock.set_to(MONDAY, frozen=True)

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.before)

        @initialize()
        def begin(self) -> None:
            """Two answers that everybody may read: of one, somebody could not be told, and had not agreed to it."""
            self.points = [said(somebody(someone("Robin"))), *self._with_somebody_who_was_not_told()]
            published(self.points[0], owner, Decision.NOT_NOW)

        @rule(who=sampled_from(["slip", "account", "letter", "several", "silent"]))
        def hear(self, who: str) -> None:
            sayers = {
                "slip": [slip()],
                "account": [somebody(reached_by_mail(someone("Robin")), channel=Channel.EMAIL)],
                "letter": [slip(), slip(channel=Channel.LETTER)],
                "several": [slip(), somebody(someone("Sam"))],
                "silent": [somebody(someone("Kim"), may_publish=False)],
            }
            if len(self.points) < MOST:
                words = f"It was cold. Nobody rang {next(_numbers)}."
                self.points.append(said(*sayers[who], words=words))

        @rule(which=integers(0, MOST), theme=sampled_from([WAITING, MEDICATION, ""]), women=booleans())
        def sort(self, which: int, theme: str, women: bool) -> None:
            about = Theme.objects.filter(code=theme).first()
            groups = [GroupTag.objects.get(code="women")] if women else []
            self._try(lambda: actions.sort(point=self._point(which), theme=about, site_id=None, groups=groups, by=lead))

        @rule(which=integers(0, MOST), decision=sampled_from(Decision), again=booleans(), words=booleans())
        def answer(self, which: int, decision: Decision, again: bool, words: bool) -> None:
            point = self._point(which)
            last = point.rounds.order_by("-number").first()
            if words:
                new = f"People were cold {next(_numbers)}."
                self._try(lambda: actions.approve_words(point=point, words=new, by=lead))
            self._try(lambda: decided(point, owner, decision, replaces=last if again else None))

        @rule(how=sampled_from(["end", "end", "fail", "post"]), which=integers(0, MOST))
        def tell(self, how: str, which: int) -> None:
            told = self._one_of(Told.objects.not_told_yet().filter(sayer__point__in=self.points), "sayer", which)
            if told and how == "fail":
                actions.fail_telling(told=told, note="It came back.")
            elif told:
                act = actions.end_telling if how == "end" else actions.post_letter
                self._try(lambda: act(told=told, by=lead))

        @rule(which=integers(0, MOST), done=booleans())
        def report(self, which: int, done: bool) -> None:
            act = actions.claim_done if done else actions.report_progress
            self._try(lambda: act(point=self._answered(which), words="The card hangs.", by=lead))

        @rule(which=integers(0, MOST), answer=sampled_from(Answer))
        def confirm(self, which: int, answer: Answer) -> None:
            sayer = self._point(which).sayers.all()[0]
            by = Person.objects.filter(pk=sayer.person_id).first()
            self._try(lambda: actions.confirm(sayer=sayer, answer=answer, by=by))

        @rule(which=integers(0, MOST), tags=sets(sampled_from(list(PUBLIC_OUTCOMES)[:2])))
        def note_what_it_helps(self, which: int, tags: set[str]) -> None:
            self._try(lambda: actions.note_outcomes(point=self._answered(which), tags=tags, by=lead))

        @rule(which=integers(0, MOST), whose=integers(0, 2))
        def do_the_same(self, which: int, whose: int) -> None:
            answers = PublishedAnswer.objects.filter(point_id__in=[point.pk for point in others[:whose]])
            for answer in answers:
                self._try(lambda: actions.do_the_same(point=self._answered(which), answer_id=answer.pk, by=lead))  # noqa: B023
            if not whose:
                self._try(lambda: actions.take_back_the_same(point=self._answered(which), by=lead))

        @rule(one=integers(0, MOST), other=integers(0, MOST), apart=booleans())
        def put_together(self, one: int, other: int, apart: bool) -> None:
            if apart:
                self._try(lambda: actions.answer_apart(point=self._point(one), by=lead))
            else:
                self._try(lambda: actions.answer_together(points=[self._point(one), self._point(other)], by=lead))

        @rule(which=integers(0, MOST))
        def split(self, which: int) -> None:
            point = self._point(which)
            if len(self.points) < MOST:
                stays, _, goes = point.said.partition(". ")
                key = uuid4()
                self._try(
                    lambda: self.points.append(
                        actions.split(point=point, stays=stays, goes=goes, theme=None, client_key=key, by=lead)
                    )
                )

        @rule(which=integers(0, MOST), of=integers(0, 1), altogether=booleans())
        def take_back(self, which: int, of: int, altogether: bool) -> None:
            sayers = self._point(which).sayers.all()
            sayer = sayers[of % len(sayers)]
            by = Person.objects.filter(pk=sayer.person_id).first()
            act = actions.take_back if altogether else actions.stop_publishing
            self._try(lambda: act(sayer=sayer, by=by))

        @rule(which=integers(0, MOST))
        def erase(self, which: int) -> None:
            sayer = self._one_of(Sayer.objects.exclude(person_id=None).filter(point__in=self.points), "", which)
            if sayer and sayer.person_id:
                _empty_in(sayer.person_id, scheme.schema_name)

        @rule(which=integers(0, MOST))
        def pass_on(self, which: int) -> None:
            self._try(lambda: actions.hand_over(point=self._point(which), note="", by=lead))

        @rule(days=sampled_from([1, 7, 14, 95]))
        def wait(self, days: int) -> None:
            clock.set_to(clock.now() + timedelta(days=days), frozen=True)
            assert scheduler.tick().failures == []

        @rule(seed=integers(0, 1000))
        def messages_come_in_any_order_and_some_again(self, seed: int) -> None:
            draw = Random(seed)
            work()
            some_come_again(
                KIND, schema=scheme.schema_name, draw=draw, payload=lambda: {"point": str(draw.choice(self.points).pk)}
            )

        @invariant()
        def what_is_found_is_what_the_site_shows(self) -> None:
            work()
            step = actions.compare()
            assert step.is_kept, step

        def _with_somebody_who_was_not_told(self) -> list[Point]:
            silent = somebody(reached_by_mail(someone("Alex")), may_publish=False, channel=Channel.EMAIL)
            open_, joined = said(slip(), words="It was cold. It was loud."), said(silent, words="It was very cold.")
            point = actions.answer_together(points=[open_, joined], by=lead)
            actions.approve_words(point=point, words="People were cold.", by=lead)
            decided(point, owner)
            for told in Told.objects.filter(round__point=point).pending():
                actions.fail_telling(told=told, note="It came back.")
            self.wait(14)
            return [open_, joined]

        def _point(self, which: int) -> Point:
            return Point.objects.get(pk=self.points[which % len(self.points)].pk)

        def _answered(self, which: int) -> Point:
            decided_ = [point for point in self.points if point.rounds.exists()]
            return Point.objects.get(pk=decided_[which % len(decided_)].pk)

        def _one_of(self, rows: QuerySet[Row], sayer: str, which: int) -> Row | None:
            """One of these in the order of the points, which is the same in each walk of the same steps."""
            keys = [point.pk for point in self.points]
            path = attrgetter(f"{sayer}.point_id" if sayer else "point_id")
            found = sorted(rows, key=lambda row: (keys.index(path(row)), str(row.channel)))
            return found[which % len(found)] if found else None

        def _try(self, act: Callable[[], object]) -> None:
            try:
                act()
            except FeedbackError as refused:
                assert str(refused).endswith(".")

    return Points


@pytest.mark.parametrize("walks", [1, pytest.param(100, marks=pytest.mark.long)])
def test_after_any_acts_in_any_order_what_is_found_is_what_the_site_shows(
    scheme: Scheme, other_scheme: Scheme, owners: dict[str, Membership], publish: Publish, work: Callable[[], None],
    compared: None, walks: int,
) -> None:  # fmt: skip
    others = [publish(other_scheme), publish(other_scheme, "The form was hard.")]
    with enter(scheme):
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            walk(scheme, owners[scheme.slug], others, work),
            settings=settings(
                max_examples=walks,
                stateful_step_count=16,
                deadline=None,
                derandomize=True,
                # To find the shortest such walk takes minutes: the steps of the first one say enough.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

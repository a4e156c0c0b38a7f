"""Whoever said the same at several points has one voice in “did it change?” (ADR 0049)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kit import clock, codes
from kit.channels import Outcome
from people.erasure import erase
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.board import board_paper
from tenants.feedback.models import Asked, Confirmation, GroupTag, Point, Round, Sayer
from tenants.feedback.months import Month
from tenants.feedback.queries.board import board_figures
from tenants.feedback.rules import Answer, Channel, Kind, Stage, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, said, slip, somebody, staff, the_sayer
from tests.factories.people import reached_by_mail, someone
from tests.integration.conftest import MakePerson


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return person()


def said_twice(robin: Person, lead: Person, owner: Membership) -> tuple[Point, Point, Point, Round]:
    """Robin said the same at two points, somebody else at a third; the scheme says that it is done."""
    one, two = (said(somebody(robin), words=words) for words in ("One", "Two"))
    other = said(slip(), words="Three")
    actions.answer_together(points=[one, two, other], by=lead)
    return one, two, other, claimed(Point.objects.leading().get(), owner)


def test_the_same_answer_at_two_points_is_one_answer(robin: Person, lead: Person, owner: Membership) -> None:
    one, two, other, round_ = said_twice(robin, lead, owner)
    actions.confirm(sayer=the_sayer(other), answer=Answer.PARTLY, by=None)
    for point in (one, two):
        actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=robin)
    assert Confirmation.objects.count() == 2
    (pair,) = queries.answered().object_list
    assert "Most" not in pair.confirmation_words
    month = board_figures(Month.of(round_.decided_on))
    assert "most" not in month.heard.lower()


def test_a_later_answer_at_one_point_takes_back_the_one_at_the_other(
    robin: Person, lead: Person, owner: Membership
) -> None:
    one, two, _, round_ = said_twice(robin, lead, owner)
    actions.confirm(sayer=the_sayer(one), answer=Answer.NO, by=robin)
    assert Point.objects.get(pk=one.pk).stage == Stage.SEEN
    actions.confirm(sayer=the_sayer(two), answer=Answer.YES, by=robin)
    assert {point.stage for point in Point.objects.all()} == {Stage.CONFIRMED}
    assert [own.answer for own in queries.mine(robin.pk)] == [Answer.YES, Answer.YES]
    assert not any(own.asked for own in queries.mine(robin.pk))
    assert round_.confirmations.that_count().get().answer == Answer.YES
    assert board_figures(Month.of(round_.decided_on)).all.confirmed


def test_the_paper_for_the_board_does_not_wait_for_an_answer_that_was_changed_at_the_other_point(
    robin: Person, lead: Person, owner: Membership
) -> None:
    one, two, _, round_ = said_twice(robin, lead, owner)
    actions.approve_words(point=Point.objects.leading().get(), words="In other words.", by=lead)
    actions.confirm(sayer=the_sayer(one), answer=Answer.NO, by=robin)
    actions.confirm(sayer=the_sayer(two), answer=Answer.YES, by=robin)
    clock.set_to(clock.now() + timedelta(days=40), frozen=True)
    pairs = board_paper(Month.of(round_.decided_on)).answers.done
    assert pairs and not any("We look at it again" in pair.confirmation_words for pair in pairs)
    assert not any(pair.waiting_words for pair in pairs)


def test_who_changed_their_mind_keeps_one_voice_when_they_are_erased(as_owner: str, scheme: Scheme) -> None:
    robin = someone("Robin")
    with enter(scheme):
        lead, owner = staff(scheme)
        one, two, other, round_ = said_twice(robin, lead, owner)
        actions.confirm(sayer=the_sayer(one), answer=Answer.NO, by=robin)
        actions.confirm(sayer=the_sayer(two), answer=Answer.YES, by=robin)
        before = board_figures(Month.of(round_.decided_on))
    erase(robin.pk)
    with enter(scheme):
        assert [one.answer for one in round_.confirmations.that_count()] == [Answer.YES]
        assert board_figures(Month.of(round_.decided_on)).all.confirmed == before.all.confirmed
        actions.confirm(sayer=the_sayer(other), answer=Answer.YES, by=None)
        assert Point.objects.leading().get().stage == Stage.CONFIRMED
        assert "not changed" not in queries.point_page(two.pk).pair.confirmation_words


def test_a_slip_has_one_voice_and_another_slip_its_own(lead: Person, owner: Membership) -> None:
    code = codes.new_code()
    points = [said(slip(code=code), words=words) for words in ("One", "Two")]
    points.append(said(slip(), words="Three"))
    actions.answer_together(points=points, by=lead)
    claimed(Point.objects.leading().get(), owner)
    for point, answer in zip(points, (Answer.NO, Answer.YES, Answer.NO), strict=True):
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    counted = Confirmation.objects.that_count().values_list("sayer__point__said", "answer")
    assert sorted(counted) == [("Three", Answer.NO), ("Two", Answer.YES)]


def test_who_also_speaks_for_a_group_has_a_voice_in_each(robin: Person, lead: Person, owner: Membership) -> None:
    women = GroupTag.objects.get(code="women")
    own = said(somebody(robin), words="My own")
    theirs = said(actions.Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women), words="Theirs")
    actions.answer_together(points=[own, theirs], by=lead)
    claimed(Point.objects.leading().get(), owner)
    actions.confirm(sayer=the_sayer(own), answer=Answer.YES, by=robin)
    actions.confirm(sayer=the_sayer(theirs), answer=Answer.NO, by=robin)
    assert Confirmation.objects.that_count().count() == 2


def test_who_speaks_for_two_groups_has_a_voice_in_each(
    robin: Person, lead: Person, owner: Membership, work: Callable[[], None]
) -> None:
    women, young = (GroupTag.objects.get(code=code) for code in ("women", "young"))
    one, two = (
        said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=group, may_publish=True), words=group.label)
        for group in (women, young)
    )
    actions.answer_together(points=[one, two], by=lead)
    claimed(Point.objects.leading().get(), owner)
    work()
    actions.confirm(sayer=the_sayer(one), answer=Answer.NO, by=robin)
    seen = {own.point.pk: (own.answer, own.asked) for own in queries.mine(robin.pk)}
    assert seen == {one.pk: (Answer.NO, False), two.pk: (None, True)}
    assert [asked.sayer.point_id for asked in Asked.objects.to_answer()] == [two.pk]
    actions.confirm(sayer=the_sayer(two), answer=Answer.YES, by=robin)
    assert Confirmation.objects.that_count().count() == 2


def for_a_group_and_themselves(robin: Person, lead: Person, owner: Membership, **theirs: Any) -> tuple[Sayer, Sayer]:
    """Robin said something for a group and the same alone, as did somebody else; the scheme says that it is done."""
    women = GroupTag.objects.get(code="women")
    group = said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women, **theirs), words="Theirs")
    own = said(somebody(robin), words="My own")
    actions.answer_together(points=[group, own, said(slip(), words="Another")], by=lead)
    claimed(Point.objects.leading().get(), owner)
    return the_sayer(group), the_sayer(own)


def test_what_somebody_answers_alone_is_on_the_page_no_answer_of_the_group_that_they_speak_for(
    robin: Person, lead: Person, owner: Membership
) -> None:
    group, own = for_a_group_and_themselves(robin, lead, owner)
    actions.confirm(sayer=own, answer=Answer.YES, by=robin)
    seen = {one.point.said: (one.answer, one.asked) for one in queries.mine(robin.pk)}
    assert seen == {"My own": (Answer.YES, False), "Theirs": (None, True)}
    other = Sayer.objects.get(point__said="Another")
    assert queries.by_fingerprint(other.slip)[0].asked
    actions.confirm(sayer=group, answer=Answer.PARTLY, by=robin)
    assert {one.answer for one in queries.mine(robin.pk)} == {Answer.YES, Answer.PARTLY}


def test_what_somebody_answers_alone_does_not_stand_behind_the_link_that_asks_their_group(
    robin: Person, lead: Person, owner: Membership, work: Callable[[], None]
) -> None:
    group, own = for_a_group_and_themselves(robin, lead, owner)
    work()
    actions.confirm(sayer=own, answer=Answer.YES, by=robin)
    found = {one.sayer.point.said: queries.open_question(one.pk) for one in Asked.objects.all()}
    assert {said: question and question.answer for said, question in found.items()} == {
        "My own": Answer.YES, "Theirs": None, "Another": None,
    }  # fmt: skip


def test_what_somebody_answers_alone_ends_neither_the_message_nor_the_task_that_asks_their_group(
    robin: Person, lead: Person, owner: Membership, work: Callable[[], None]
) -> None:
    group, own = for_a_group_and_themselves(reached_by_mail(robin), lead, owner, channel=Channel.EMAIL)
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    actions.ask_whether_it_changed(round_id=Round.objects.get().pk)
    actions.confirm(sayer=own, answer=Answer.YES, by=robin)
    asked = actions.send_asking(asked_id=group.askings.get().pk)
    assert asked.state == TellingState.SENT
    asked = actions.settle_asking(asked=asked, outcome=Outcome.FAILED)
    assert list(queries.tasks_of_asking()) == [asked]
    actions.confirm(sayer=group, answer=Answer.YES, by=robin)
    assert not queries.tasks_of_asking().exists()


def test_a_slip_keeps_one_voice_when_one_of_its_points_is_taken_back(lead: Person, owner: Membership) -> None:
    code = codes.new_code()
    points = [said(slip(code=code), words=words) for words in ("One", "Two")]
    actions.answer_together(points=points, by=lead)
    claimed(Point.objects.leading().get(), owner)
    for point, answer in zip(points, (Answer.NO, Answer.YES), strict=True):
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    actions.take_back(sayer=the_sayer(points[0]), by=None)
    assert Confirmation.objects.that_count().get().answer == Answer.YES

"""Whoever said the same at several points has one voice in “did it change?” (ADR 0049)."""

import pytest

from kit import codes
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.models import Confirmation, GroupTag, Point, Round
from tenants.feedback.months import Month
from tenants.feedback.queries.board import board_figures
from tenants.feedback.rules import Answer, Kind, Stage
from tenants.schemes.models import Membership
from tests.factories.feedback import claimed, said, slip, somebody, the_sayer
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

"""What happens to points at a scheme reaches the store of national figures, once and as it then stands."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

import comparison.actions
from comparison import queries
from comparison.measures import Fact, Share
from comparison.models import PointFact
from kit import clock, outbox, working_days
from kit.models import OutboxMessage
from people import erasure
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions.counting import KIND, count_again
from tenants.feedback.models import Point
from tenants.feedback.queries.facts import facts
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.privileges import ERASER, WEB
from tests.factories.feedback import decided, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone
from tests.integration.comparison.conftest import ShareNow
from tests.integration.conftest import connect_as

TODAY = date(2026, 11, 2)
DAY_20, DAY_21 = date(2026, 11, 30), date(2026, 12, 1)
GoOn = Callable[[date], None]
Work = Callable[[], None]


def fact_of(point: Point, scheme: Scheme) -> Fact | None:
    return queries.facts_at(scheme).get(point.pk)


def test_a_point_counts_by_the_days_of_its_own(inside: Scheme, owner: Membership, work: Work) -> None:
    point = said()
    work()
    assert fact_of(point, inside) == Fact(TODAY, DAY_20, None)
    decided(point, owner)
    work()
    assert fact_of(point, inside) == Fact(TODAY, DAY_20, TODAY)


def test_a_message_about_a_point_counts_no_other(inside: Scheme) -> None:
    asked, other = said(), said()
    assert set(facts([asked.pk])) == {asked.pk}
    assert set(facts()) == {asked.pk, other.pk}


def test_one_scheme_neither_reads_nor_takes_out_what_another_counts(scheme: Scheme, other_scheme: Scheme) -> None:
    here, there, fact = uuid4(), uuid4(), Fact(TODAY, DAY_20, None)
    comparison.actions.write(scheme=scheme, facts={here: fact})
    comparison.actions.write(scheme=other_scheme, facts={there: fact, here: None})
    assert queries.undecided_at(scheme) == [here]
    assert queries.undecided_at(other_scheme) == [there]


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_counts_the_unwelcome_ones_too(
    inside: Scheme, owner: Membership, share: ShareNow, decision: Decision
) -> None:
    decided(said(), owner, decision)
    assert share() == Share(1, 1, 0)


def test_the_day_is_the_day_in_london(inside: Scheme, owner: Membership, share: ShareNow) -> None:
    """Half an hour after midnight in summer it is still the day before in UTC."""
    point = said()
    clock.set_to(clock.now().replace(year=2027, month=6, day=1, hour=23, minute=30), frozen=True)
    Membership.objects.filter(pk=owner.pk).update(since=TODAY)
    decided(point, owner)
    share()
    assert queries.facts_at(inside)[point.pk].decided_on == date(2027, 6, 2)


@pytest.mark.parametrize(("day", "expected"), [(DAY_20, Share(1, 1, 0)), (DAY_21, Share(0, 1, 0))])
def test_a_decision_on_day_20_is_in_time_and_on_day_21_is_not(
    inside: Scheme, owner: Membership, share: ShareNow, go_on: GoOn, day: date, expected: Share
) -> None:
    point = said()
    go_on(day)
    decided(point, owner)
    assert share() == expected


def test_what_nobody_decides_about_is_late_from_day_21_on_with_no_message_at_all(
    inside: Scheme, owner: Membership, share: ShareNow, go_on: GoOn
) -> None:
    said()
    assert share() == Share(0, 0, 1)
    go_on(DAY_20)
    assert share() == Share(0, 0, 1)
    go_on(DAY_21)
    assert share() == Share(0, 1, 0, overdue=1)


def test_bank_holidays_are_no_working_days(inside: Scheme, share: ShareNow, go_on: GoOn) -> None:
    """§5: from 21 December 2026 day 20 is 21 January 2027."""
    go_on(date(2026, 12, 21))
    point = said()
    share()
    assert queries.facts_at(inside)[point.pk].due_on == date(2027, 1, 21)


def test_what_is_brought_in_later_counts_from_the_day_it_came(
    inside: Scheme, owner: Membership, share: ShareNow
) -> None:
    """S59: a point of September that staff write down in November has waited since September."""
    decided(said(received_on=date(2026, 9, 1)), owner)
    said(received_on=date(2026, 9, 1))
    assert share() == Share(0, 2, 0, overdue=1)


def test_the_first_decision_counts_and_what_is_decided_again_does_not(
    inside: Scheme, owner: Membership, share: ShareNow, go_on: GoOn
) -> None:
    point = said()
    first = decided(point, owner)
    go_on(date(2027, 2, 1))
    decided(point, owner, replaces=first)
    assert share() == Share(1, 1, 0)
    assert queries.facts_at(inside)[point.pk].decided_on == TODAY


def test_what_is_opened_again_is_not_waited_for_here(
    inside: Scheme, owner: Membership, share: ShareNow, go_on: GoOn
) -> None:
    point = said()
    decided(point, owner, Decision.NOT_NOW, review_on=date(2026, 11, 20))
    go_on(date(2026, 11, 20))
    assert actions.review_due(point=point).is_open
    assert share() == Share(1, 1, 0)


def test_points_that_are_answered_together_count_one_by_one_each_from_its_own_day(
    inside: Scheme, owner: Membership, lead: Person, share: ShareNow, go_on: GoOn
) -> None:
    """ADR 0060: whoever said it a month later has not waited that month."""
    first = said(words="One")
    go_on(date(2026, 11, 27))
    second = said(words="Two")
    actions.answer_together(points=[first, second], by=lead)
    go_on(DAY_21)
    assert share() == Share(0, 1, 1, overdue=1)
    decided(first, owner)
    assert share() == Share(1, 2, 0)
    assert {fact.decided_on for fact in queries.facts_at(inside).values()} == {DAY_21}


def test_points_taken_apart_again_count_each_by_its_own_decision(
    inside: Scheme, owner: Membership, lead: Person, share: ShareNow
) -> None:
    first, second = said(words="One"), said(words="Two")
    actions.answer_together(points=[first, second], by=lead)
    actions.answer_apart(point=second, by=lead)
    decided(first, owner)
    assert share() == Share(1, 1, 1)


def test_what_leads_others_without_words_of_its_own_waits_only_as_long_as_it_leads(
    inside: Scheme, lead: Person, share: ShareNow
) -> None:
    # The oldest leads.
    first, second = said(words="One", received_on=date(2026, 10, 30)), said(words="Two")
    actions.answer_together(points=[first, second], by=lead)
    actions.take_back(sayer=the_sayer(first), by=None)
    assert share() == Share(0, 0, 2)
    actions.answer_apart(point=second, by=lead)
    assert share() == Share(0, 0, 1)
    assert queries.facts_at(inside).keys() == {second.pk}


def test_what_led_without_words_waits_no_more_when_another_leads(inside: Scheme, lead: Person, share: ShareNow) -> None:
    first, second, third = said(words="One", received_on=date(2026, 10, 30)), said(words="Two"), said(words="Three")
    actions.answer_together(points=[first, second], by=lead)
    actions.take_back(sayer=the_sayer(first), by=None)
    assert share() == Share(0, 0, 3)
    actions.answer_together(points=[second, third], by=lead)
    assert share() == Share(0, 0, 2)
    assert queries.facts_at(inside).keys() == {second.pk, third.pk}


def test_each_part_of_what_said_two_things_is_a_point_that_came_when_it_was_said(
    inside: Scheme, lead: Person, share: ShareNow, go_on: GoOn
) -> None:
    point = said(words="It was cold. Nobody rang.")
    go_on(date(2026, 11, 20))
    actions.split(point=point, stays="It was cold.", goes="Nobody rang.", theme=None, client_key=uuid4(), by=lead)
    assert share() == Share(0, 0, 2)
    assert {fact.received_on for fact in queries.facts_at(inside).values()} == {TODAY}


def test_what_is_taken_back_before_a_decision_does_not_count_and_after_it_does(
    inside: Scheme, owner: Membership, share: ShareNow, go_on: GoOn
) -> None:
    """S3: nothing is left to decide about; but what was decided in time was."""
    undecided, answered = said(), said()
    decided(answered, owner)
    assert share() == Share(1, 1, 1)
    for point in (undecided, answered):
        actions.take_back(sayer=the_sayer(point), by=None)
    assert share() == Share(1, 1, 0)
    go_on(DAY_21)
    assert share() == Share(1, 1, 0)


def test_what_one_of_several_took_back_is_still_waited_for(inside: Scheme, share: ShareNow) -> None:
    point = said(slip(), slip())
    actions.take_back(sayer=point.sayers.all()[0], by=None)
    assert share() == Share(0, 0, 1)


def test_what_was_passed_on_counts_nowhere(inside: Scheme, owner: Membership, lead: Person, share: ShareNow) -> None:
    """ADR 0041: also where there was a decision before somebody saw the harm."""
    waiting, answered = said(), said()
    decided(answered, owner)
    assert share() == Share(1, 1, 1)
    actions.hand_over(point=waiting, note="", by=lead)
    actions.hand_over(point=answered, note="", by=lead)
    assert share() == Share()
    assert not PointFact.objects.exists()


def test_one_of_several_that_is_passed_on_leaves_the_others(inside: Scheme, lead: Person, share: ShareNow) -> None:
    first, second = said(words="One"), said(words="Two")
    actions.answer_together(points=[first, second], by=lead)
    actions.hand_over(point=first, note="", by=lead)
    assert share() == Share(0, 0, 1)


def test_a_message_that_comes_twice_or_late_does_no_harm(inside: Scheme, owner: Membership, work: Work) -> None:
    """What is counted is read when it is counted: an old message cannot write what was true before."""
    point = said()
    heard = OutboxMessage.objects.get(kind=KIND)
    decided(point, owner)
    OutboxMessage.objects.filter(kind=KIND).exclude(pk=heard.pk).update(due_at=clock.now())
    OutboxMessage.objects.filter(pk=heard.pk).update(due_at=clock.now(), created_at=clock.now())
    work()
    once = queries.facts_at(inside)
    OutboxMessage.objects.filter(pk=heard.pk).update(done_at=None, attempts=0, payload={"points": [str(point.pk)]})
    work()
    assert queries.facts_at(inside) == once == {point.pk: Fact(TODAY, DAY_20, TODAY)}
    assert PointFact.objects.count() == 1


def test_a_message_about_what_was_passed_on_meanwhile_brings_nothing_back(
    inside: Scheme, lead: Person, work: Work
) -> None:
    point = said()
    actions.hand_over(point=point, note="", by=lead)
    work()
    count_again(point.pk)
    work()
    assert fact_of(point, inside) is None


def test_a_message_holds_ids_of_points_and_nothing_when_it_is_done(inside: Scheme, work: Work) -> None:
    """Data rule 5: nothing in public says who has to do with a scheme."""
    point = said(words="Nobody told me anything.")
    message = OutboxMessage.objects.get(kind=KIND)
    assert message.payload == {"points": [str(point.pk)]}
    work()
    message.refresh_from_db()
    assert message.done_at and message.payload == {}
    assert {field.name for field in PointFact._meta.get_fields()} == {
        "id", "scheme", "point_id", "received_on", "due_on", "decided_on",
    }  # fmt: skip


def test_what_is_taken_back_with_its_action_is_never_counted(inside: Scheme, work: Work) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        said()
        raise ZeroDivisionError
    work()
    assert not PointFact.objects.exists()


def test_each_scheme_is_counted_by_itself(scheme: Scheme, other_scheme: Scheme, owner: Membership, work: Work) -> None:
    with enter(scheme):
        here = said()
    with enter(other_scheme):
        there = said()
        decided(there, staff(other_scheme)[1])
    work()
    assert queries.facts_at(scheme) == {here.pk: Fact(TODAY, DAY_20, None)}
    assert queries.facts_at(other_scheme) == {there.pk: Fact(TODAY, DAY_20, TODAY)}


def test_a_scheme_that_had_points_before_is_counted_as_a_whole(
    inside: Scheme, owner: Membership, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message that the migration leaves; some points at a time."""
    monkeypatch.setattr("tenants.feedback.actions.counting.AT_ONCE", 2)
    decided(said(), owner)
    said(), said()
    work()
    PointFact.objects.all().delete()
    outbox.put(KIND, key="everything")
    work()
    assert sorted(fact.decided_on is None for fact in queries.facts_at(inside).values()) == [False, True, True]


def test_erasing_somebody_takes_away_what_waited_for_a_decision_and_keeps_what_was_decided(
    as_owner: str, scheme: Scheme, work: Work
) -> None:
    """S3: the eraser's own run promises it, and the worker does it."""
    robin = someone("Robin", email="robin@example.org")
    with enter(scheme):
        answered, waiting, others = said(somebody(robin)), said(somebody(robin)), said()
        decided(answered, staff(scheme)[1])
    work()
    connect_as(ERASER, as_owner)
    erasure.erase(robin)
    connect_as(WEB, as_owner)
    assert queries.facts_at(scheme).keys() == {answered.pk, waiting.pk, others.pk}
    work()
    assert queries.facts_at(scheme).keys() == {answered.pk, others.pk}
    assert queries.facts_at(scheme)[answered.pk].decided_on == TODAY
    assert working_days.add(TODAY, 20) == DAY_20

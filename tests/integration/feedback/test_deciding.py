"""A point is seen, sorted, given public words, and decided."""

from datetime import date, timedelta
from typing import Any

import pytest

from kit import clock
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import AlreadyAnswered, NoReason, NotAgreed, NothingSaid, NotTheirs
from tenants.feedback.models import GroupTag, Partner, Point, Theme
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.rules import Answer, Decision, Stage
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, said, slip, staff, the_sayer

TODAY = date(2026, 11, 2)


def test_acknowledging_stops_the_first_clock_and_starts_the_second(lead: Person) -> None:
    point = actions.acknowledge(point=said(), by=lead)
    assert (point.stage, point.seen_by_id, point.due_on) == (Stage.SEEN, lead.pk, date(2026, 11, 30))


def test_acknowledging_twice_keeps_who_saw_it_first(lead: Person, inside: Scheme) -> None:
    point = said()
    actions.acknowledge(point=point, by=lead)
    assert actions.acknowledge(point=point, by=staff(inside)[0]).seen_by_id == lead.pk


def test_a_decision_keeps_its_reason_its_owner_as_a_role_and_its_date_s89(owner: Membership) -> None:
    round_ = decided(said(), owner, Decision.WILL, reason="You asked for it.", due=date(2026, 12, 24))
    assert (round_.number, round_.owner_role, round_.reason) == (1, "Involvement lead", "You asked for it.")
    assert round_.point.due_on == date(2026, 12, 24)


def test_deciding_about_a_point_nobody_acknowledged_is_seeing_it(owner: Membership) -> None:
    point = decided(said(), owner).point
    assert point.seen_at == clock.now()


@pytest.mark.parametrize("decision", Decision)
def test_no_decision_stands_without_a_reason_s89(owner: Membership, decision: Decision) -> None:
    with pytest.raises(NoReason, match="Give the reason") as refused:
        decided(said(), owner, decision, reason="  ")
    assert refused.value.field == "reason"


def test_no_decision_stands_without_an_answer(owner: Membership) -> None:
    with pytest.raises(NoReason, match="Write the answer"):
        decided(said(), owner, answer=" ")


@pytest.mark.parametrize("decision", [Decision.WILL, Decision.DOING])
@pytest.mark.parametrize("due", [None, TODAY - timedelta(days=1)])
def test_a_promise_needs_a_date_that_has_not_passed(owner: Membership, decision: Decision, due: date | None) -> None:
    with pytest.raises(NoReason, match="date by which"):
        decided(said(), owner, decision, due=due)


@pytest.mark.parametrize("review_on", [None, TODAY])
def test_not_now_needs_a_day_to_look_again(owner: Membership, review_on: date | None) -> None:
    with pytest.raises(NoReason, match="look at it again"):
        decided(said(), owner, Decision.NOT_NOW, review_on=review_on)


@pytest.mark.parametrize(
    ("decision", "field"), [(Decision.WILL, "due"), (Decision.DOING, "due"), (Decision.NOT_NOW, "review_on")]
)
def test_nothing_is_promised_for_later_than_five_years_from_now(
    owner: Membership, decision: Decision, field: str
) -> None:
    last = date(TODAY.year + 5, TODAY.month, TODAY.day)
    with pytest.raises(NoReason, match="at most 5 years away") as refused:
        decided(said(), owner, decision, **_on(field, last + timedelta(days=1)))
    assert refused.value.field == field
    assert decided(said(), owner, decision, **_on(field, last)).point.due_on == last


def _on(field: str, day: date) -> dict[str, Any]:
    return {field: day}


def test_we_cannot_needs_no_date_and_keeps_none(owner: Membership) -> None:
    round_ = decided(said(), owner, Decision.CANNOT, due=date(2026, 12, 1), review_on=date(2026, 12, 1))
    assert (round_.due, round_.review_on, round_.point.due_on) == (None, None, None)


def test_an_owner_works_for_this_very_scheme_today(owner: Membership, other_scheme: Scheme) -> None:
    stranger = staff(other_scheme)[1]
    with pytest.raises(NotTheirs, match="works for this scheme"):
        decided(said(), stranger)
    Membership.objects.filter(pk=owner.pk).update(until=TODAY)
    with pytest.raises(NotTheirs):
        decided(said(), owner)


def test_who_decides_second_is_told_that_it_was_answered_and_when(owner: Membership) -> None:
    point = said()
    decided(point, owner)
    with pytest.raises(AlreadyAnswered, match="2 November 2026"):
        decided(point, owner, Decision.CANNOT)


def test_an_answer_is_replaced_by_a_new_round_only_when_it_is_named(owner: Membership) -> None:
    point = said()
    first = decided(point, owner)
    second = decided(point, owner, Decision.CANNOT, replaces=first)
    assert [round_.decision for round_ in point.rounds.all()] == ["will", "cannot"]
    with pytest.raises(AlreadyAnswered):
        decided(point, owner, replaces=first)
    assert second.number == 2


def test_nothing_is_left_to_decide_once_it_is_confirmed(owner: Membership) -> None:
    point = said()
    round_ = claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)
    with pytest.raises(AlreadyAnswered, match="confirmed"):
        decided(point, owner, replaces=round_)


def test_a_not_now_waits_for_an_answer_again_from_its_review_day_on(owner: Membership) -> None:
    point = said()
    decided(point, owner, Decision.NOT_NOW, review_on=date(2026, 12, 1))
    assert actions.review_due(point=point).stage == Stage.TOLD
    clock.set_to(clock.now() + timedelta(days=29), frozen=True)
    again = actions.review_due(point=point)
    assert (again.stage, again.reopened_on, again.due_on) == (Stage.SEEN, date(2026, 12, 1), date(2026, 12, 31))
    assert decided(point, owner).number == 2


def test_a_review_that_the_clock_came_to_late_runs_from_its_own_day(owner: Membership) -> None:
    point = said()
    decided(point, owner, Decision.NOT_NOW, review_on=date(2026, 12, 1))
    clock.set_to(clock.now() + timedelta(days=39), frozen=True)
    again = actions.review_due(point=point)
    assert (again.reopened_on, again.due_on) == (date(2026, 12, 1), date(2026, 12, 31))
    assert [[one.due for one in trail.running(clock.today())] for trail in trails_until(clock.today())] == [
        [again.due_on]
    ]


def test_words_for_the_public_are_refused_when_not_all_agreed(lead: Person) -> None:
    point = said(slip(), slip(may_publish=False))
    with pytest.raises(NotAgreed, match="stays private"):
        actions.approve_words(point=point, words="Other words", by=lead)


def test_words_for_the_public_are_never_empty(lead: Person) -> None:
    with pytest.raises(NothingSaid):
        actions.approve_words(point=said(), words=" ", by=lead)


def test_a_point_is_sorted_by_theme_place_and_group(lead: Person, inside: Scheme) -> None:
    site, theme, group = inside.sites.get(kind="custody"), Theme.objects.get(code="rights"), GroupTag.objects.first()
    actions.sort(point=said(), theme=theme, site_id=site.pk, groups=[group], by=lead)
    point = Point.objects.get()
    assert (point.theme, point.site_id, list(point.groups.all())) == (theme, site.pk, [group])


def test_the_public_never_reads_the_very_words_of_whoever_said_it(lead: Person) -> None:
    """They agreed to other words, with no name."""
    point = said(words="Nobody told me how long I’d wait.")
    for words in ("nobody told ME how long I'd wait!", "Somebody said: “Nobody told me, how long I’d wait.” We agree."):
        with pytest.raises(NotAgreed, match="other words than their own") as refused:
            actions.approve_words(point=point, words=words, by=lead)
        assert refused.value.field == "words"
    assert actions.approve_words(point=point, words="People waited and did not know how long.", by=lead)


def test_nor_the_words_of_one_that_is_answered_with_it_or_of_the_whole(lead: Person) -> None:
    first, second = said(words="The hall is cold and dark."), said(words="It is freezing there.")
    actions.answer_together(points=[first, second], by=lead)
    carrier = first if not Point.objects.get(pk=first.pk).answered_with_id else second
    for words in ("The hall is cold and dark", "It is freezing there"):
        with pytest.raises(NotAgreed):
            actions.approve_words(point=carrier, words=words, by=lead)


def test_words_that_staff_write_hold_no_run_of_what_was_said_whole_in_part_or_when_staff_asked(
    owner: Membership, lead: Person
) -> None:
    """S18; the message says which words are theirs and what to do."""
    cold, wait = "The room is cold and dark and nobody ever comes to it.", "Nobody told me how long I would wait there."
    point = said(words=f"{cold} {wait}")
    actions.split(point=point, stays=cold, goes=wait, theme=None, client_key=point.pk, by=lead)
    asked = actions.ask_for_words(point=point, words="Where?", client_key=point.pk, by=lead)
    actions.reply(
        sayer=the_sayer(point), question=asked, words="In the small room behind the stairs on the left.", by=None
    )
    own = {
        "said": "room is cold and dark and nobody ever comes",
        "said with it": "told me how long I would wait there",
        "replied": "the small room behind the stairs on the left",
    }
    for words in own.values():
        with pytest.raises(
            NotAgreed, match=f"These are theirs: “{words.lower()}”. Say the same in your words"
        ) as refused:
            actions.approve_words(point=point, words=f"They say {words}.", by=lead)
        assert refused.value.field == "words"
        for field in ("answer", "reason"):
            with pytest.raises(NotAgreed, match="These are theirs") as refused:
                decided(point, owner, **{field: f"You said: {words}."})
            assert refused.value.field == field
    assert not point.rounds.exists()
    decided(point, owner, answer="We will heat the room.", reason="It is too cold.")


def test_what_an_organisation_wrote_down_in_its_own_words_may_be_repeated(owner: Membership, lead: Person) -> None:
    """S79: a finding of a group is nobody's own words."""
    group = GroupTag.objects.get(code="women")
    partner = Partner.objects.create(organisation="A group", group=group)
    finding = "Women said that the room is cold and dark in the night."
    point = said(words=finding, partner=partner)
    actions.approve_words(point=point, words=finding, by=lead)
    assert decided(point, owner, answer=f"You said: {finding}").answer

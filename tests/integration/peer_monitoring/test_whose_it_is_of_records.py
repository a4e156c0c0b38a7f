"""What was written is of one visit and of whoever wrote it, and what was replaced counts no more."""

from datetime import timedelta

import pytest

from kit import clock
from kit.models import OutboxMessage
from peer_monitoring import actions, queries
from peer_monitoring import written as of_visits
from peer_monitoring.errors import NotARecord
from peer_monitoring.models import Draft, Received, Record, Visit
from people.models import Notice
from tests.factories.peer_monitoring import Ready, planned, ready_group, settled, stopped, under_way, written
from tests.factories.phones import raised
from tests.factories.questions import published


@pytest.fixture
def visit(ready: Ready) -> Visit:
    return settled(ready, version=published(ready.group))


@pytest.fixture
def beside(ready: Ready, visit: Visit) -> Visit:
    """Another visit of the same team with the same questions."""
    return settled(ready, version=visit.version)


def is_logged(visit: Visit) -> bool:
    return Visit.objects.get(pk=visit.pk).logged_at is not None


def test_a_visit_is_logged_once_all_of_its_own_team_have_sent_what_they_wrote_on_it(
    scheme, ready, visit, beside
) -> None:
    first, second = ready.monitors
    settled(ready_group(scheme))
    written(beside, second)
    written(visit, first)
    assert [is_logged(one) for one in (visit, beside)] == [False, False]
    written(visit, second)
    assert [is_logged(one) for one in (visit, beside)] == [True, False]


def test_what_was_written_on_one_visit_is_replaced_by_nothing_from_another(ready, visit, beside) -> None:
    old = written(visit, ready.monitors[0], told="yes")
    with pytest.raises(NotARecord, match="cannot be taken from you"):
        written(beside, ready.monitors[0], supersedes=old.pk, told="no")
    assert list(Record.objects.values_list("pk", "state")) == [(old.pk, Record.State.COUNTS)]


def test_nobody_sends_a_draft_of_somebody_else_or_of_another_visit(ready) -> None:
    first, second = ready.monitors
    version = published(ready.group)
    visit, beside = under_way(ready, version=version), under_way(ready, version=version)
    theirs, elsewhere = actions.open_draft(visit=visit, by=second.pk), actions.open_draft(visit=beside, by=first.pk)
    for draft in (theirs, elsewhere):
        assert actions.finish(draft_id=draft.pk, visit=visit, by=first.pk) is None
    assert set(Draft.objects.all()) == {theirs, elsewhere}
    assert not Record.objects.exists()


def test_what_somebody_sent_of_one_visit_is_not_their_record_of_another(ready, visit, beside) -> None:
    first, second = ready.monitors
    mine = written(visit, first)
    written(beside, first)
    assert queries.my_record(visit, first.pk) == mine
    assert queries.my_record(visit, second.pk) is None
    assert {one.state for one in Record.objects.of_person(first.pk)} == {Record.State.COUNTS}


def test_what_counts_of_somebody_is_what_replaced_the_other_whatever_the_clock_said(ready, visit, at_moment) -> None:
    first = ready.monitors[0]
    now = clock.now()
    old = written(visit, first, told="yes")
    at_moment(now - timedelta(hours=1))
    new = written(visit, first, supersedes=old.pk, told="no")
    at_moment(now)
    assert queries.my_record(visit, first.pk) == new
    assert list(queries.my_records(first.pk)) == [new]


def test_side_by_side_stands_what_came_of_one_visit(ready, visit, beside) -> None:
    first = ready.monitors[0]
    replaced = [written(of, first, told="yes") for of in (visit, beside)]
    counts = [written(of, first, supersedes=old.pk) for of, old in zip((visit, beside), replaced, strict=True)]
    for number, of in enumerate((visit, beside)):
        assert [one.record for one in of_visits.side_by_side(of).writers] == [counts[number]]
        assert [one.writer.record for one in of_visits.replaced(of)] == [replaced[number]]
        assert [one.record for one in of_visits.everything(of).writers] == [replaced[number], counts[number]]


def test_to_be_chosen_between_is_what_came_under_one_name(ready, visit) -> None:
    for monitor in ready.monitors:
        record = written(visit, monitor, told="yes")
        written(visit, monitor, instance_id=record.pk, told="no")
    found = of_visits.conflicts(of_visits.side_by_side(visit))
    assert len(found) == 2
    for one in found:
        assert [side.received for side in one.sides] == list(Received.objects.filter(record=one.writer.record))


def test_of_a_visit_that_is_not_settled_nothing_comes(ready) -> None:
    with pytest.raises(NotARecord, match="cannot be taken from you"):
        written(planned(ready), ready.monitors[0])


def test_that_another_visit_was_called_off_too_keeps_no_lead_from_what_is_put_right_here(
    ready, visit, beside, work
) -> None:
    first, _ = (stopped(of, ready.monitors[0]) for of in (visit, beside))
    work()
    stopped(visit, ready.monitors[0], Record.Unfinished.REFUSED, supersedes=first)
    waiting = Notice.objects.filter(kind="visit_said_off", person=ready.lead, read_at=None)
    assert [one.key for one in waiting] == [str(beside.pk)]


def test_on_the_page_of_a_visit_stands_what_was_raised_on_it(ready, visit, beside) -> None:
    here, there = (raised(of, ready.monitors[0]) for of in (visit, beside))
    for who in (ready.lead, ready.monitors[0]):
        found = [[one.concern.pk for one in queries.concerns_on(of, who.pk)] for of in (visit, beside)]
        assert found == [[here.pk], [there.pk]]


def test_where_the_team_was_let_in_the_place_is_promised_of_what_was_raised_there(ready) -> None:
    visit, beside = (settled(ready, is_held_back=True) for _ in range(2))
    here, _ = (raised(of, ready.monitors[0], is_inside=False) for of in (visit, beside))
    actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=2), by=ready.monitors[1].pk)
    promised = OutboxMessage.objects.filter(kind="peer_monitoring.concern_place")
    assert [one.payload["concern"] for one in promised] == [str(here.pk)]

"""Somebody says that they are out at the moment at which the clock misses them, each on a connection of its own."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from kit import clock
from peer_monitoring import actions
from peer_monitoring.models import SafetyCheck
from people.models import Notice
from tests.factories.peer_monitoring import inside, ready_group, settled
from tests.integration.proofs.test_two_at_once import at_once


@pytest.fixture
def overdue(as_web, scheme):
    ready = ready_group(scheme)
    check = inside(settled(ready), ready.monitors[0])
    clock.set_to(clock.now() + timedelta(hours=3))
    return check


def waits():
    return set(Notice.objects.filter(read_at=None).exclude(kind="visit").values_list("kind", flat=True))


def out_first(scheme, check):
    out = lambda: actions.come_out(check=check, by=check.person_id)  # noqa: E731
    assert at_once(scheme, out, actions.raise_alarms) is None, "the clock goes on"
    assert waits() == set()


def alarm_first(scheme, check):
    at_once(scheme, actions.raise_alarms, lambda: actions.come_out(check=check, by=check.person_id))
    assert waits() == {"visit_well"}


def longer_first(scheme, check):
    out_by = clock.now() + timedelta(hours=1)
    at_once(
        scheme,
        lambda: actions.say_in(visit=check.visit, out_by=out_by, by=check.person_id),
        actions.raise_alarms,
    )
    assert waits() == set()


LOCKED = [out_first, alarm_first, longer_first]


@pytest.mark.parametrize("holds", LOCKED)
def test_nobody_is_missed_who_is_back_and_no_alarm_stays(holds, overdue, scheme):
    holds(scheme, overdue)
    assert SafetyCheck.objects.get().alarm_at is None


@pytest.mark.parametrize("holds", LOCKED)
def test_each_of_these_would_notice_that_its_lock_is_gone(holds, overdue, scheme, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda query, **options: query.all())
    with pytest.raises(AssertionError):
        holds(scheme, overdue)
        assert SafetyCheck.objects.get().alarm_at is None

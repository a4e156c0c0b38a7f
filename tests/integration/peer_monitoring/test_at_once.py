"""A button pressed twice at the same moment, and a record that arrives twice at the same moment, are one."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from kit import clock
from kit.errors import Refused
from peer_monitoring import actions, records
from peer_monitoring.actions import receiving
from peer_monitoring.errors import TooLate
from peer_monitoring.models import Draft, Photo, Received, Record, Visit
from peer_monitoring.records import Sent
from people.models import Notice
from tenants.schemes.models import Scheme
from tests.factories.cms import picture_bytes
from tests.factories.peer_monitoring import Ready, ready_group, settled, stopped, under_way, written
from tests.factories.phones import Delivering, made_ready, photo_named, record_of
from tests.factories.questions import published
from tests.integration.proofs.at_once import at_once


@pytest.fixture
def ready(as_web: str) -> Ready:
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def visit(ready: Ready) -> Visit:
    return settled(ready, version=published(ready.group))


def test_a_draft_that_is_sent_twice_at_once_is_one_record(ready, visit, scheme):
    who = ready.monitors[0].pk
    draft = actions.open_draft(visit=visit, by=who)

    def send():
        return actions.finish(draft_id=draft.pk, visit=visit, by=who)

    assert at_once(scheme, send, send) is None, "the second finds nothing left to send"
    assert (Record.objects.count(), Received.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_what_a_phone_sends_while_a_draft_is_sent_on_the_pages_is_replaced_by_it(ready, visit, scheme):
    who = ready.monitors[0]
    draft = actions.open_draft(visit=visit, by=who.pk)
    at_once(scheme, lambda: written(visit, who), lambda: actions.finish(draft_id=draft.pk, visit=visit, by=who.pk))
    assert {str(one) for one in Record.objects.values_list("state", flat=True)} == {"counts", "replaced"}


def test_the_same_bytes_at_once_are_one_record_with_one_receipt(ready, visit, scheme):
    body = records.written(Sent(uuid4(), visit.pk, visit.version_id, None, None, clock.now(), {"told": "yes"}))

    def send():
        return actions.receive(body=body, by=ready.monitors[0].pk)

    assert at_once(scheme, send, send) == send()
    assert (Record.objects.count(), Received.objects.count()) == (1, 1)


def test_what_comes_twenty_times_at_once_is_one_record_and_one_photo(ready, client_at):
    visit = settled(ready, version=published(ready.group), photos_allowed=True)
    token, content = made_ready(ready.monitors[0])[1], picture_bytes()
    named = photo_named(content)
    told = record_of(visit, photos=[named])

    def twenty(send):
        def once(_):
            try:
                return send(Delivering(client_at(None), token)).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as pool:
            return list(pool.map(once, range(20)))

    for send in (lambda phone: phone.record(told), lambda phone: phone.photo(told, named, content)):
        found = twenty(send)
        assert set(found) == {200}, found
    assert (Record.objects.count(), Received.objects.count(), Photo.objects.count()) == (1, 1, 1)


def test_one_name_for_records_of_two_visits_at_once_is_put_off_and_then_refused(ready, visit, scheme, client_at):
    phone = Delivering(client_at(None), made_ready(ready.monitors[0])[1])
    told = record_of(visit)
    other = {**record_of(settled(ready, version=published(ready.group))), "id": told["id"]}

    def second():
        return phone.record(other).status_code

    assert (
        at_once(scheme, lambda: actions.receive(body=json.dumps(told).encode(), by=ready.monitors[0].pk), second) == 503
    )
    assert second() == 400
    assert Record.objects.get().visit_id == visit.pk


def test_two_who_send_at_once_log_the_visit_together(ready, visit, scheme):
    drafts = [actions.open_draft(visit=visit, by=one.pk) for one in ready.monitors]
    first, second = (
        lambda one=one, draft=draft: actions.finish(draft_id=draft.pk, visit=visit, by=one.pk)
        for one, draft in zip(ready.monitors, drafts, strict=True)
    )
    at_once(scheme, first, second)
    visit.refresh_from_db()
    assert visit.state == Visit.State.LOGGED


def test_two_who_open_the_same_draft_at_once_have_one(ready, visit, scheme):
    def write():
        return actions.open_draft(visit=visit, by=ready.monitors[0].pk).pk

    assert at_once(scheme, write, write) == write()


@pytest.mark.parametrize("what", ["a record", "they are in"])
@pytest.mark.parametrize("is_called_off_first", [True, False])
def test_a_visit_that_is_called_off_while_somebody_says_otherwise_is_one_or_the_other(
    what, is_called_off_first, ready, scheme
):
    visit = under_way(ready, version=published(ready.group), is_held_back=True)
    first, second = ready.monitors
    stopped(visit, first)

    def call_off():
        return actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)

    def say_otherwise():
        if what == "a record":
            return written(visit, second)
        return actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=1), by=second.pk)

    acts = [call_off, say_otherwise] if is_called_off_first else [say_otherwise, call_off]
    later = at_once(scheme, *acts)
    visit.refresh_from_db()
    assert (visit.cancelled_at is not None, visit.logged_at) == (is_called_off_first, None)
    assert Record.objects.count() == 1 + (what == "a record"), "what came is kept"
    assert isinstance(later, TooLate) == (not is_called_off_first or what == "they are in")


@pytest.fixture
def differing(ready: Ready, visit: Visit) -> list[Record]:
    """Two records of one person, between which somebody has to choose."""
    return [written(visit, ready.monitors[0], told=one) for one in ("yes", "no")]


def choosing(record: Record, ready: Ready):
    return lambda: actions.choose(record=record, received=record.received.get(), by=ready.lead.pk)


def test_what_is_chosen_while_the_leads_are_told_waits_for_nobody(ready, differing, scheme):
    one, other = differing
    at_once(scheme, choosing(one, ready), lambda: actions.tell_it_is_to_choose(record_id=other.pk))
    assert {str(row.state) for row in Record.objects.all()} == {"counts", "replaced"}
    assert not Notice.objects.filter(kind="visit_to_choose", read_at=None).exists()


def test_of_two_who_choose_at_once_the_second_is_told_that_it_is_too_late(ready, differing, scheme, monkeypatch):
    both, kept = Barrier(2, timeout=2), receiving.keep_only_named

    def when_both_are_here(*given):
        with suppress(BrokenBarrierError):
            both.wait()
        kept(*given)

    def answer(choose):
        try:
            choose()
        except (Refused, DatabaseError) as refused:
            return refused
        finally:
            connection.close()

    monkeypatch.setattr(receiving, "keep_only_named", when_both_are_here)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answer, [choosing(one, ready) for one in differing]))
    assert sorted(type(one) for one in answers if one) == [TooLate], answers
    assert {str(row.state) for row in Record.objects.all()} == {"counts", "replaced"}

"""The outbox on a real database: each effect once, in its scheme, and nothing lost on the way."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import audit
from audit.models import Entry
from kit import clock, outbox, scope
from kit.duties import done_messages_go
from kit.models import OutboxMessage
from kit.outbox import working
from tenants.schemes.entering import enter

KIND = "test.decided"


class Words(Exception):
    """An error whose message holds what somebody said."""


def put(scheme, key="1", **payload):
    with enter(scheme), transaction.atomic():
        outbox.put(KIND, key=key, **payload)
    return OutboxMessage.objects.get(kind=KIND, schema=scheme.schema_name, key=key)


def effects(scheme):
    with enter(scheme):
        return Entry.objects.filter(what__startswith="test effect").count()


def leave_an_effect(message=None):
    audit.record(by=None, operation="change", what="test effect")


def fail(message):
    raise Words("They never told us")


def where_sql_looks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def later(at_moment, **by):
    at_moment(clock.now() + timedelta(**by))


def test_a_handler_runs_in_the_scheme_of_its_message_and_the_worker_comes_back(scheme, other_scheme):
    seen = []

    @outbox.handles(KIND)
    def note(message):
        seen.append((message.schema, message.key, message.payload, scope.current(), where_sql_looks()))
        leave_an_effect()

    put(scheme, key="7", point="a-point")

    assert outbox.work_once() == 1
    assert seen == [(scheme.schema_name, "7", {"point": "a-point"}, scheme.schema_name, scheme.schema_name)]
    assert (effects(scheme), effects(other_scheme)) == (1, 0)
    assert (scope.current(), where_sql_looks()) == ("public", "public")


def test_what_is_promised_in_public_is_done_in_public():
    seen = []
    outbox.handles(KIND)(lambda message: seen.append(where_sql_looks()))
    with transaction.atomic():
        outbox.put(KIND, key=1)
    outbox.work_once()

    assert seen == ["public"]


def test_a_message_may_be_promised_for_another_schema(scheme):
    seen = []
    outbox.handles(KIND)(lambda message: seen.append(where_sql_looks()))
    with transaction.atomic():
        outbox.put(KIND, key=1, in_schema=scheme.schema_name)
    outbox.work_once()

    assert seen == [scheme.schema_name]


def test_done_means_done_and_its_payload_is_emptied(scheme):
    outbox.handles(KIND)(leave_an_effect)
    message = put(scheme, point=uuid4())
    outbox.work_once()
    message.refresh_from_db()

    assert message.done_at is not None
    assert message.payload == {}
    assert outbox.work_once() == 0
    assert effects(scheme) == 1


def test_what_is_promised_twice_is_done_once_also_after_it_was_done(scheme, other_scheme):
    outbox.handles(KIND)(leave_an_effect)
    put(scheme, key="7")
    put(scheme, key="7")
    outbox.work_once()
    put(scheme, key="7")
    put(other_scheme, key="7")
    outbox.work_once()

    assert effects(scheme) == 1
    assert effects(other_scheme) == 1


def test_what_is_promised_in_a_transaction_that_is_rolled_back_was_never_promised(scheme):
    with pytest.raises(Words), transaction.atomic():
        outbox.put(KIND, key=1)
        raise Words

    assert outbox.waiting_count() == 0


def test_promising_outside_a_transaction_is_refused():
    refused = []

    def promise():
        try:
            outbox.put(KIND, key=1)
        except outbox.OutsideTransaction as error:
            refused.append(str(error))
        finally:
            connection.close()

    # A thread has a connection of its own, on which no transaction of this test is open.
    thread = threading.Thread(target=promise)
    thread.start()
    thread.join()

    assert "inside a transaction" in refused[0]


def test_a_handler_that_fails_half_way_leaves_nothing_and_is_tried_again(scheme, at_moment):
    broken = [True]

    @outbox.handles(KIND)
    def first(message):
        leave_an_effect()

    @outbox.handles(KIND)
    def second(message):
        leave_an_effect()
        if broken:
            fail(message)

    message = put(scheme)
    assert outbox.work_once() == 1
    message.refresh_from_db()
    assert effects(scheme) == 0
    assert (message.attempts, message.done_at, message.dead_at) == (1, None, None)
    assert outbox.work_once() == 0

    broken.clear()
    later(at_moment, minutes=1, seconds=1)
    assert outbox.work_once() == 1
    assert effects(scheme) == 2
    message.refresh_from_db()
    assert message.last_error == ""


def test_after_a_failure_sql_looks_where_it_should(scheme, other_scheme):
    outbox.handles(KIND)(lambda message: leave_an_effect() or connection.cursor().execute("SELECT 1/0"))
    put(scheme)
    outbox.work_once()

    assert (scope.current(), where_sql_looks()) == ("public", "public")
    for place in (other_scheme, scheme):
        with enter(place):
            assert where_sql_looks() == place.schema_name


def test_one_that_fails_does_not_hold_up_the_next(scheme):
    @outbox.handles(KIND)
    def only_the_second(message):
        if message.key == "1":
            fail(message)
        leave_an_effect()

    put(scheme, key="1")
    put(scheme, key="2")

    assert outbox.work_once() == 2
    assert effects(scheme) == 1


def test_a_failure_is_written_down_without_words(scheme, caplog):
    outbox.handles(KIND)(fail)
    message = put(scheme)
    outbox.work_once()
    message.refresh_from_db()

    assert message.last_error.startswith("Words at test_outbox.py:")
    assert "never told" not in message.last_error + caplog.text


def test_after_eight_attempts_a_message_is_a_dead_letter_that_can_be_tried_again(scheme, at_moment, person):
    outbox.handles(KIND)(fail)
    message = put(scheme)
    for attempt in range(1, 9):
        assert not outbox.dead_letters().exists()
        assert outbox.work_once() == 1, attempt
        later(at_moment, hours=6, seconds=1)
    assert outbox.work_once() == 0
    assert [letter.pk for letter in outbox.dead_letters()] == [message.pk]
    assert outbox.waiting_count() == 0

    operator = person("Olu")
    outbox.handles.__globals__["_handlers"].clear()
    outbox.handles(KIND)(leave_an_effect)
    outbox.retry(message=message, by=operator.pk)
    assert outbox.work_once() == 1
    assert effects(scheme) == 1
    message.refresh_from_db()
    assert message.dealt_with_by == operator.pk
    assert not outbox.dead_letters().exists()


@pytest.fixture
def dead_letter(scheme):
    message = put(scheme, point=uuid4())
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=clock.now(), attempts=8)
    return message


def test_a_dead_letter_can_be_laid_aside_with_a_reason(dead_letter, person):
    operator = person("Olu")
    laid = outbox.give_up(message=dead_letter, by=operator.pk, reason="The scheme has closed.")

    assert not outbox.dead_letters().exists()
    assert (laid.payload, laid.given_up_because, laid.dealt_with_by) == ({}, "The scheme has closed.", operator.pk)
    with pytest.raises(outbox.NotDead):
        outbox.retry(message=dead_letter, by=operator.pk)


@pytest.mark.parametrize("deal", [outbox.retry, lambda **kwargs: outbox.give_up(reason="Enough", **kwargs)])
def test_only_a_dead_letter_can_be_dealt_with(scheme, deal):
    with pytest.raises(outbox.NotDead, match="already dealt with"):
        deal(message=put(scheme), by=None)


def test_a_kind_that_nobody_handles_waits_and_is_named(scheme, at_moment):
    message = put(scheme)
    for _ in range(10):
        assert outbox.work_once() == 1
        later(at_moment, hours=6, seconds=1)
    message.refresh_from_db()
    assert message.last_error == f"Nothing here handles {KIND}."
    assert message.dead_at is None
    assert [held.pk for held in outbox.held_up()] == [message.pk]

    outbox.handles(KIND)(leave_an_effect)
    outbox.work_once()
    assert effects(scheme) == 1
    assert not outbox.held_up().exists()


def test_a_first_try_is_not_shown_as_held_up_and_one_that_was_broken_off_again_is(scheme, at_moment):
    def be_killed(message):
        raise KeyboardInterrupt

    outbox.handles(KIND)(be_killed)
    message = put(scheme)
    shown = []
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            outbox.work_once()
        shown.append([held.pk for held in outbox.held_up()])
        later(at_moment, minutes=1)

    assert shown == [[], [message.pk]]
    message.refresh_from_db()
    assert (message.attempts, message.done_at) == (2, None)


def test_what_another_worker_has_begun_meanwhile_is_left_to_it(scheme, monkeypatch):
    outbox.handles(KIND)(leave_an_effect)
    message = put(scheme)
    begin = working._begin

    def begin_and_be_overtaken(now):
        begun = begin(now)
        OutboxMessage.objects.update(attempts=2)
        return begun

    monkeypatch.setattr(working, "_begin", begin_and_be_overtaken)
    assert outbox.work_once(limit=1) == 1
    assert effects(scheme) == 0
    message.refresh_from_db()
    assert (message.attempts, message.done_at) == (2, None)


def test_what_is_due_later_waits_until_then(scheme, at_moment):
    outbox.handles(KIND)(leave_an_effect)
    with enter(scheme), transaction.atomic():
        outbox.put(KIND, key=1, due=clock.now() + timedelta(days=1))

    assert outbox.work_once() == 0
    assert outbox.waiting_count() == 1
    later(at_moment, days=1, seconds=1)
    assert outbox.work_once() == 1


def test_work_stops_at_its_limit(scheme):
    outbox.handles(KIND)(leave_an_effect)
    for key in "123":
        put(scheme, key=key)

    assert outbox.work_once(limit=2) == 2
    assert outbox.waiting_count() == 1


def test_a_handler_may_promise_more(scheme):
    @outbox.handles(KIND)
    def follow(message):
        outbox.put("test.followed", key=message.key)

    outbox.handles("test.followed")(leave_an_effect)
    put(scheme)

    assert outbox.work_once() == 2
    assert effects(scheme) == 1


def test_what_was_done_a_month_ago_goes_and_nothing_else(scheme):
    old, young = clock.now() - timedelta(days=30), clock.now() - timedelta(days=29)
    states = {"old": {"done_at": old}, "young": {"done_at": young}, "dead": {"dead_at": old}, "waits": {"due_at": old}}
    for key, fields in states.items():
        put(scheme, key)
        OutboxMessage.objects.filter(key=key).update(created_at=old, **fields)
    done_messages_go()
    assert set(OutboxMessage.objects.values_list("key", flat=True)) == {"young", "dead", "waits"}


def test_what_is_not_done_is_counted_by_kind_and_place_and_found_by_an_index(scheme, other_scheme):
    put(scheme, "waits")
    for key, changed in {
        "failed": {"dead_at": clock.now()},
        "given-up": {"dead_at": clock.now(), "given_up_at": clock.now(), "given_up_because": "No use.", "payload": {}},
        "done": {"done_at": clock.now(), "payload": {}},
    }.items():
        OutboxMessage.objects.filter(pk=put(scheme, key).pk).update(**changed)
    put(other_scheme, "elsewhere")
    assert outbox.undone_count([KIND], schema=scheme.schema_name) == 2
    assert (outbox.undone_count([KIND]), outbox.undone_count(["test.other"])) == (3, 0)
    with CaptureQueriesContext(connection) as asked:
        outbox.undone_count([KIND])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for one in asked:
            cursor.execute(f"EXPLAIN {one['sql']}")
            plans.append(str(cursor.fetchall()))
    assert ["outbox_waiting" in plans[0], "outbox_dead_letters" in plans[1]] == [True, True]

"""One clock: duties in public and in each scheme, none of which can stop another."""

import time
from datetime import UTC, datetime

from django.db import connection, transaction

import audit
from audit.models import Entry
from kit import clock, scheduler, scope
from kit.models import DutyFailure
from kit.scheduler import DoneInPart, duty
from tenants.schemes.entering import enter

MAY_DAY = datetime(2027, 5, 4, 9, 0, tzinfo=UTC)


class Words(Exception):
    """An error whose message holds what somebody said."""


def where_sql_looks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def leave_an_effect():
    audit.record(by=None, operation="change", what="test duty")


def effects(scheme):
    with enter(scheme):
        return Entry.objects.filter(what="test duty").count()


def test_public_duties_run_once_and_first_and_scheme_duties_in_each_live_scheme(scheme, other_scheme):
    ran = []
    duty(where="scheme", name="each")(lambda: ran.append(where_sql_looks()))
    duty(where="public", name="once")(lambda: ran.append(where_sql_looks()))
    report = scheduler.tick()

    assert ran[0] == "public"
    assert sorted(ran[1:]) == sorted([scheme.schema_name, other_scheme.schema_name])
    assert (report.ran, report.failures, report.another_was_running) == (3, [], False)
    assert scope.current() == "public"


def test_a_scheme_that_is_not_live_is_left_alone(other_scheme, monkeypatch):
    monkeypatch.setattr(scope, "all_schemas", lambda: [other_scheme.schema_name])
    ran = []
    duty(where="scheme", name="each")(lambda: ran.append(scope.current()))
    scheduler.tick()

    assert ran == [other_scheme.schema_name]


def test_a_duty_that_fails_leaves_nothing_and_stops_nothing(scheme, other_scheme, caplog):
    @duty(where="scheme", name="fails in one")
    def fails_in_one():
        leave_an_effect()
        if scope.current() == scheme.schema_name:
            raise Words("They never told us")

    @duty(where="scheme", name="after it")
    def after_it():
        leave_an_effect()

    report = scheduler.tick()

    assert (effects(scheme), effects(other_scheme)) == (1, 2)
    (failure,) = report.failures
    assert (failure.duty, failure.schema) == ("fails in one", scheme.schema_name)
    assert failure.error.startswith("Words at test_scheduler.py:")
    assert report.ran == 3
    assert "fails in one" in caplog.text
    assert "never told" not in caplog.text + failure.error


def test_after_an_sql_error_the_next_duty_looks_where_it_should(scheme, other_scheme):
    looked = []

    @duty(where="scheme", name="breaks")
    def breaks():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    duty(where="scheme", name="looks")(lambda: looked.append((scope.current(), where_sql_looks())))
    scheduler.tick()

    assert sorted(looked) == [(one.schema_name, one.schema_name) for one in (scheme, other_scheme)]
    assert where_sql_looks() == "public"


def test_a_failing_duty_stands_in_one_row_until_it_succeeds(scheme, at_moment):
    broken = [True]

    @duty(where="scheme", name="fails in one")
    def fails_in_one():
        if broken and scope.current() == scheme.schema_name:
            raise Words

    at_moment(MAY_DAY)
    scheduler.tick()
    scheduler.tick(MAY_DAY.replace(hour=10))
    stands = DutyFailure.objects.get()
    assert (stands.duty, stands.schema, stands.times) == ("fails in one", scheme.schema_name, 2)
    assert stands.since < stands.at

    broken.clear()
    scheduler.tick()
    assert not DutyFailure.objects.exists()


def test_what_a_duty_did_in_part_is_kept_and_stands_as_a_failure_until_all_of_it_is_done(scheme):
    errors = [Words("They never told us"), Words("Nor us")]

    @duty(where="scheme", name="in part")
    def in_part():
        leave_an_effect()
        return DoneInPart(errors)

    report = scheduler.tick()
    assert effects(scheme) == 1
    assert {failure.duty for failure in report.failures} == {"in part"}
    assert {failure.error for failure in DutyFailure.objects.all()} == {"Words, and 1 more"}

    errors.clear()
    scheduler.tick()
    assert effects(scheme) == 2
    assert not DutyFailure.objects.exists()


def test_a_duty_with_transactions_of_its_own_keeps_what_it_did_before_it_failed(scheme):
    """Nothing of it runs in a transaction of the clock, so it can begin one that reads as of one moment."""
    depth = len(connection.savepoint_ids)
    inside = []

    @duty(where="scheme", name="its own", own_transactions=True)
    def its_own():
        inside.append(len(connection.savepoint_ids) - depth)
        with transaction.atomic():
            leave_an_effect()
        raise Words("They never told us")

    report = scheduler.tick()
    assert set(inside) == {0} and effects(scheme) == 1
    assert {(failure.duty, failure.error.partition(" ")[0]) for failure in report.failures} == {("its own", "Words")}
    assert where_sql_looks() == "public"


def test_a_tick_at_a_moment_moves_the_clock_first():
    seen = []
    duty(where="public", name="looks")(lambda: seen.append(clock.today()))
    scheduler.tick(MAY_DAY)

    assert seen == [MAY_DAY.date()]


def test_while_one_clock_runs_another_stands_back(elsewhere):
    one, another = elsewhere.other(), elsewhere.other()
    assert one.do("tick_and_wait_inside") == "inside"

    assert another.do("tick_once") == "True"
    assert one.do("go on") == "1"
    assert another.do("tick_once") == "False"


def test_a_clock_that_is_killed_blocks_nobody(elsewhere):
    one, another = elsewhere.other(), elsewhere.other()
    assert one.do("tick_and_wait_inside") == "inside"
    assert another.do("tick_once") == "True"
    one.kill()

    # The database notices that a client is gone when it next has something to say to it.
    patience = time.monotonic() + 10
    while another.do("tick_once") == "True":
        assert time.monotonic() < patience
        time.sleep(0.05)


def test_a_clock_that_loses_its_database_stops_since_its_lock_is_gone_too(elsewhere):
    clock_process = elsewhere.other()

    assert clock_process.do("tick_and_lose_the_database") == "the database is away"
    assert elsewhere.ask("SELECT count(*) FROM kit_dutyfailure") == [(0,)]
    assert clock_process.do("tick_once") == "False"


def test_a_tick_lets_go_of_its_lock():
    scheduler.tick()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)

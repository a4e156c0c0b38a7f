"""The outbox among processes that work at once, are killed, and lose their database for a while."""

import random
import time

import pytest

EFFECTS = "SELECT subject, what FROM s_ashmere.audit_entry WHERE what IN ('first effect', 'second effect')"
WAITING = "SELECT count(*) FROM kit_outboxmessage WHERE done_at IS NULL AND dead_at IS NULL"
TRIED = "SELECT attempts"
LISTENING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


def assert_each_effect_happened_once(elsewhere, messages):
    effects = elsewhere.ask(EFFECTS)
    assert len(effects) == len(set(effects)) == 2 * messages


def wait_until(true, *, seconds=60):
    patience = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < patience, "It did not happen in time."
        time.sleep(0.05)


def test_two_workers_at_once_share_the_work_and_do_nothing_twice(elsewhere):
    elsewhere.promise(200)
    workers = [elsewhere.other(), elsewhere.other()]
    for worker in workers:
        worker.begin("work_all")
    taken = [int(worker.says()) for worker in workers]

    assert sum(taken) == 200
    assert_each_effect_happened_once(elsewhere, 200)


def test_a_worker_passes_over_what_another_is_doing(elsewhere):
    elsewhere.promise(2)
    busy, free = elsewhere.other(), elsewhere.other()
    assert busy.do("work_and_wait_inside") == "inside"

    assert free.do("work_all") == "1"
    assert busy.do("go on") == "1"
    assert_each_effect_happened_once(elsewhere, 2)


def test_a_worker_killed_in_the_middle_of_a_handler_leaves_nothing_half_done(elsewhere):
    elsewhere.promise(2)
    busy, free = elsewhere.other(), elsewhere.other()
    assert busy.do("work_and_wait_inside") == "inside"
    busy.kill()
    assert elsewhere.ask(EFFECTS) == []

    def both_are_done():
        free.do("work_all")
        return elsewhere.ask(WAITING) == [(0,)]

    wait_until(both_are_done)
    assert_each_effect_happened_once(elsewhere, 2)


@pytest.mark.long
def test_a_message_that_kills_each_worker_waits_longer_each_time_and_is_dead_after_eight(elsewhere):
    elsewhere.promise(1)
    pauses = []
    for attempt in range(1, 9):
        victim = elsewhere.other()
        assert victim.do("work_and_die") == ""
        assert elsewhere.ask(f"{TRIED}, dead_at IS NULL FROM kit_outboxmessage") == [(attempt, True)]
        pauses += elsewhere.ask("SELECT due_at - now() FROM kit_outboxmessage")
        if attempt == 1:
            assert elsewhere.other().do("work_all") == "0"
        elsewhere.ask("UPDATE kit_outboxmessage SET due_at = now()")
    assert pauses == sorted(pauses)
    assert pauses[-1][0].total_seconds() > 60 * 60

    alive = elsewhere.other()
    assert alive.do("work_all") == "1"
    assert elsewhere.ask(f"{TRIED}, dead_at IS NULL, last_error FROM kit_outboxmessage") == [
        (8, False, "The process or the database ended each time before it was done.")
    ]
    assert elsewhere.ask(EFFECTS) == []
    elsewhere.promise(1)
    assert alive.do("work_all") == "1"
    assert_each_effect_happened_once(elsewhere, 1)


def test_a_worker_is_woken_when_something_is_promised(elsewhere):
    worker, action = elsewhere.other(), elsewhere.other()
    worker.begin("work_when_woken")
    wait_until(lambda: elsewhere.ask(LISTENING))
    time.sleep(0.5)
    assert action.do("put_one") == "None"

    wait_until(lambda: len(elsewhere.ask(EFFECTS)) == 2, seconds=30)


def test_a_worker_outlives_a_database_that_is_away(elsewhere):
    worker = elsewhere.other()
    worker.begin("work_forever")
    elsewhere.promise(2)
    wait_until(lambda: len(elsewhere.ask(EFFECTS)) == 4)
    elsewhere.ask(f"ALTER DATABASE {elsewhere.name} CONNECTION LIMIT 0")
    elsewhere.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    elsewhere.promise(2)
    time.sleep(1)
    assert len(elsewhere.ask(EFFECTS)) == 4
    elsewhere.ask(f"ALTER DATABASE {elsewhere.name} CONNECTION LIMIT -1")

    wait_until(lambda: len(elsewhere.ask(EFFECTS)) == 8)
    assert worker.lives()
    wait_until(lambda: elsewhere.ask(LISTENING))
    assert_each_effect_happened_once(elsewhere, 4)


def test_a_message_whose_handler_loses_the_database_is_tried_again_soon_and_the_try_is_counted(elsewhere):
    elsewhere.promise(1)
    worker = elsewhere.other()

    assert worker.do("work_and_lose_the_database") == "the database is away"
    assert elsewhere.ask(f"{TRIED}, last_error, due_at < now() + interval '5 s' FROM kit_outboxmessage") == [
        (1, "Begun, and not finished yet.", True)
    ]
    wait_until(lambda: worker.do("work_all") == "1")
    assert_each_effect_happened_once(elsewhere, 1)


@pytest.mark.long
def test_workers_killed_at_random_lose_nothing_and_double_nothing(elsewhere):
    chance = random.Random(20)
    kills, promised = 20, 0
    following = elsewhere.other()
    for _ in range(kills):
        worker, following = following, elsewhere.other()
        elsewhere.promise(50)
        promised += 50
        before = len(elsewhere.ask(EFFECTS))
        worker.begin("work_forever")
        wait_until(lambda before=before: len(elsewhere.ask(EFFECTS)) > before)
        time.sleep(chance.uniform(0, 0.15))
        worker.kill()
        assert len(elsewhere.ask(EFFECTS)) % 2 == 0
    following.begin("work_forever")
    wait_until(lambda: elsewhere.ask(WAITING) == [(0,)], seconds=120)

    assert_each_effect_happened_once(elsewhere, promised)
    assert elsewhere.ask("SELECT count(*) FROM kit_outboxmessage WHERE dead_at IS NOT NULL") == [(0,)]

"""What other processes do in tests: each line they read names a function of this module, whose answer they print."""

import os
import signal
import sys
from collections.abc import Callable
from threading import Event
from time import sleep
from uuid import UUID, uuid4

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

import audit  # noqa: E402
from kit import outbox, scheduler, scope  # noqa: E402
from kit.faults import DATABASE_AWAY  # noqa: E402
from kit.outbox import handlers, waking  # noqa: E402

KIND = "test.counted"


def put_one() -> None:
    """Promise one effect in Ashmere."""
    with scope.enter("s_ashmere"), transaction.atomic():
        outbox.put(KIND, key=uuid4())


def work_all() -> int:
    """Do what is due: how many were taken."""
    _count_each()
    return outbox.work_once(limit=1000)


def work_and_wait_inside() -> int:
    """Take one message, say so in the middle of its handler, and go on when a line is read."""
    _count_each(before=_say_and_wait)
    return outbox.work_once(limit=1)


def work_and_die() -> int:
    """Take up what is due with a handler that ends the whole process; how many were taken, if it lives."""
    _count_each(before=lambda: os.kill(os.getpid(), signal.SIGKILL))
    return outbox.work_once()


def work_forever() -> None:
    """The worker, slow enough for a kill to find it in the middle of its handlers."""
    waking.LOOK_EVERY = 0.2
    _count_each(after=lambda: sleep(0.002))
    outbox.work_forever(Event())


def work_when_woken() -> None:
    """The worker, which would look by itself only after a minute."""
    waking.LOOK_EVERY = 60
    _count_each()
    outbox.work_forever(Event())


def work_and_lose_the_database() -> str:
    """Lose the connection in the middle of a handler: what the worker's loop is told."""
    _count_each(before=_lose_the_connection)
    return _said(outbox.work_once)


def tick_and_lose_the_database() -> str:
    """Lose the connection in the middle of a duty: what the clock's loop is told."""
    scheduler._duties.clear()
    scheduler.duty(where="public", name="loses")(_lose_the_connection)
    return _said(scheduler.tick)


def tick_and_wait_inside() -> int:
    """A tick that waits in the middle of its duty until a line is read."""
    scheduler._duties.clear()
    scheduler.duty(where="public", name="waits")(_say_and_wait)
    return scheduler.tick().ran


def tick_once() -> bool:
    """A tick with nothing to do: whether another clock was running."""
    scheduler._duties.clear()
    return scheduler.tick().another_was_running


def _lose_the_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def _said(function: Callable[[], object]) -> str:
    try:
        function()
    except Exception as error:
        return "the database is away" if isinstance(error, DATABASE_AWAY) else repr(error)
    return "nothing"


def _say_and_wait() -> None:
    print("inside", flush=True)
    sys.stdin.readline()


def _count_each(*, before: Callable[[], None] = lambda: None, after: Callable[[], None] = lambda: None) -> None:
    """Each message adds one entry that names its key, by two handlers that could be torn apart."""
    handlers._handlers.clear()

    @outbox.handles(KIND)
    def first(message):
        before()
        audit.record(by=None, operation="change", what="first effect", subject=UUID(message.key))
        after()

    @outbox.handles(KIND)
    def second(message):
        audit.record(by=None, operation="change", what="second effect", subject=UUID(message.key))
        after()


if __name__ == "__main__":
    for line in sys.stdin:
        print(globals()[line.strip()](), flush=True)

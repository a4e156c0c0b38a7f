"""Two acts at the same moment, each on a connection of its own: the second begins while the first is not yet seen."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

from django.db import DatabaseError, connection, transaction

from kit.errors import Refused
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

Act = Callable[[], object]
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
SECONDS = 20


def at_once(scheme: Scheme, first: Act, second: Act) -> object:
    """What the second got, or how it was refused."""
    both = Barrier(2, timeout=SECONDS)
    with ThreadPoolExecutor(2) as pool:
        later = pool.submit(_alone, scheme, lambda: _second(both, second))
        pool.submit(_alone, scheme, lambda: _first(both, first, later)).result()
        return later.result()


def _alone(scheme: Scheme, act: Act) -> object:
    try:
        with enter(scheme):
            return act()
    finally:
        connection.close()


def _first(both: Barrier, act: Act, later: Future[object]) -> None:
    with transaction.atomic():
        act()
        both.wait()
        until = time.monotonic() + SECONDS
        while not later.done() and not _somebody_waits():
            assert time.monotonic() < until
            time.sleep(0.01)


def _second(both: Barrier, act: Act) -> object:
    both.wait()
    try:
        return act()
    except (Refused, DatabaseError) as refused:
        return refused


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])

"""The worker's loop: woken by the database, with a look of its own every two seconds in case a call is missed."""

import logging
from threading import Event

import psycopg
from django.db import close_old_connections, connection

from kit.faults import DATABASE_AWAY
from kit.outbox.working import work_once

logger = logging.getLogger(__name__)

CHANNEL = "kit_outbox"
LOOK_EVERY = 2.0
AT_A_TIME = 100


def wake() -> None:
    """Call the worker when the transaction open now commits; a call that is rolled back is never heard."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def work_forever(stop: Event) -> None:
    """Do what is due until told to stop; a database that is away is waited for, and nothing is lost meanwhile."""
    bell = _Bell()
    was_away = False
    try:
        while not stop.is_set():
            try:
                bell.listen()
                while not stop.is_set() and work_once(limit=AT_A_TIME) == AT_A_TIME:
                    pass
                if was_away:
                    logger.info("The database answers again. The work goes on.")
                    was_away = False
                close_old_connections()
                bell.wait(LOOK_EVERY)
            except DATABASE_AWAY:
                if not was_away:
                    logger.warning("The database does not answer. Nothing is lost; the work goes on when it is back.")
                    was_away = True
                bell.close()
                connection.close()
                stop.wait(LOOK_EVERY)
    finally:
        bell.close()
        close_old_connections()


class _Bell:
    """A connection of its own that hears the calls: Django's goes back to a pool, where nobody would hear."""

    def __init__(self) -> None:
        self._line: psycopg.Connection | None = None

    def listen(self) -> None:
        """Begin to hear calls, before looking for work: one that comes in between is then not missed."""
        if self._line is None:
            self._line = psycopg.connect(**connection.get_connection_params(), autocommit=True)
            self._line.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> None:
        """Return at the first call, or when the time is over."""
        if self._line is not None:
            for _ in self._line.notifies(timeout=seconds, stop_after=1):
                pass

    def close(self) -> None:
        """Stop hearing; the next `listen` begins anew."""
        if self._line is not None:
            self._line.close()
            self._line = None

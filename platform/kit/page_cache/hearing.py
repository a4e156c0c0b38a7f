"""The thread of each process that hears what changed: on a connection of its own, for LISTEN would be lost in a pool.

Between two calls it asks the database whether it still answers, and `kit.clock` whether the day or the clock was
moved. A line that is dead says nothing: so the store is trusted for a second from each answer, and not for longer.
"""

import logging
import os
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import psycopg
from django.db import connection

from kit import clock, scope
from kit.page_cache.store import STORE, Store

logger = logging.getLogger(__name__)

CHANNEL = "kit_pages"
NAME = "alongside_page_cache"
BEAT = 0.25  # seconds between two looks, when nobody calls
TRUSTED = 1.0  # seconds from an answer of the database
AGAIN = 0.5  # seconds between two tries of a database that is away

_lock = Lock()
_listening_in: int | None = None


def listen() -> None:
    """Begin to hear, and so to keep pages; once in a process."""
    global _listening_in
    with _lock:
        if _listening_in == os.getpid():
            return
        _listening_in = os.getpid()
        Thread(target=hear, args=(STORE, Event()), name=NAME, daemon=True).start()


def hear(store: Store, stop: Event) -> None:
    """Tell a store of every change until told to stop; while the database is away, that it cannot know."""
    is_away = False
    while not stop.is_set():
        try:
            with psycopg.connect(**_parameters(), autocommit=True) as line:
                line.execute(f"LISTEN {CHANNEL}")
                # A process that was forked brings along what its parent kept, and heard nothing since.
                store.distrust()
                if is_away:
                    logger.info("Changes of pages are heard again. Pages are kept.")
                    is_away = False
                _hear_on(line, store, stop)
        except Exception as error:
            if not is_away:
                logger.warning("Changes of pages are not heard (%s). No page is kept.", type(error).__name__)
                is_away = True
            store.distrust()
            stop.wait(AGAIN)
    store.distrust()


def _hear_on(line: psycopg.Connection, store: Store, stop: Event) -> None:
    shows = clock.shows()
    while not stop.is_set():
        asked = monotonic()
        line.execute("SELECT 1")
        if shows != (shows := clock.shows()):
            store.change_all()
        for call in line.notifies(timeout=0):
            _pass_on(call.payload, store)
        store.trust(until=asked + TRUSTED)
        for call in line.notifies(timeout=BEAT, stop_after=1):
            _pass_on(call.payload, store)


def _pass_on(schema: str, store: Store) -> None:
    if schema == scope.PUBLIC:
        store.change_all()
    else:
        store.change(schema)


def _parameters() -> dict[str, Any]:
    return {**connection.get_connection_params(), "application_name": NAME}

"""Django made ready for one command, on the database of a data folder, in one role."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from alongside import database
from alongside.data_folder import DataFolder
from alongside.surroundings import variables
from kit.errors import Refused


@contextlib.contextmanager
def opened(data: Path, *, role: str, make: bool = False) -> Iterator[None]:
    """Work on the data folder's database, started for this block if it is down; or on the one the environment names.

    `make` says that a folder with no database in it gets one; a mistyped folder is refused otherwise.
    """
    if "ALONGSIDE_DATABASE_URL" in os.environ:
        with _django():
            yield
        return
    if not make and not (DataFolder.at(data).database / "PG_VERSION").exists():
        raise Refused(f"There is no Alongside in {data}. Name its folder with --data, or make one: alongside run")
    with database.start(data) as cluster:
        os.environ.update(variables(cluster.folder, url=cluster.url(role)))
        # Programs of the same version as the server, for what is copied with pg_dump.
        os.environ["PATH"] = f"{database.PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"
        with _django():
            yield


@contextlib.contextmanager
def _django() -> Iterator[None]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    import django
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    django.setup()
    try:
        yield
    finally:
        connections.close_all()
        connection = connections["default"]
        assert isinstance(connection, DatabaseWrapper)
        connection.close_pool()


def told_to_stop() -> threading.Event:
    """Set when this process should end between two pieces of work: by SIGTERM, Ctrl-C or the parent's end."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    end_with_parent()
    return told


def end_with_parent() -> None:
    """Ask this process to end when the one that started it is gone, even if that was killed."""
    parent = os.getppid()

    def watch() -> None:
        forever = threading.Event()
        while os.getppid() == parent:
            forever.wait(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()

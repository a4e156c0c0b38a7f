"""Telling what went wrong without repeating anybody's words, and whether it was only the database that was away."""

import traceback
from pathlib import Path

import psycopg
from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)

# Classes of SQLSTATE that say the server is gone: connection, shutting down. No SQLSTATE at all: it was never reached.
AWAY = ("08", "57P")


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database cannot be reached, rather than that it refused something."""
    if not isinstance(error, DATABASE_AWAY):
        return False
    states = [getattr(one, "sqlstate", None) for one in (error, error.__cause__) if one is not None]
    known = [state for state in states if state]
    return not known or any(state.startswith(AWAY) for state in known)


def this_connection() -> object:
    """The connection this thread works on, to be compared with the one it works on later."""
    return connection.connection


def is_lost(before: object) -> bool:
    """Whether that connection was broken since. What failed then is nobody's fault, and its locks are gone.

    Asking the connection of now would not tell: Django makes a new one as soon as a rollback finds the old one broken.
    """
    return connection.connection is not before


def class_and_place(error: BaseException) -> str:
    """The class of an error and the line of ours it came through; never its message, which may hold words."""
    frames = traceback.extract_tb(error.__traceback__)
    # A library's own line says little; the last of ours says what was being done.
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"[:200]

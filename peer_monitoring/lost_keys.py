"""Whether every key is here that phones sealed for: looked at before each start, in plain SQL (ADR 0074)."""

from pathlib import Path
from typing import Any, Protocol

from kit.errors import Refused
from peer_monitoring import keys

# A phone that was shut out keeps its queue, and sends it once it is made ready again.
SEALED = """
    SELECT (SELECT count(*) FROM public.peer_monitoring_phone)
         + (SELECT count(*) FROM public.peer_monitoring_sealeddraft)"""
# The name of the key stands behind the mark (`peer_monitoring.sealing`).
WAITING = """
    SELECT encode(substring(body FROM 5 FOR 8), 'hex') AS name, count(*) FROM (
        SELECT body FROM public.peer_monitoring_sealeddraft
        UNION ALL SELECT body FROM public.peer_monitoring_sealedphoto
    ) AS sealed GROUP BY name ORDER BY name"""

NO_KEY = (
    "There is no key in {folder}, and phones that were made ready, or shut out, may hold what was locked for one. "
    "Bring the folder back from the backup. If it is gone for good, make another key: alongside phones new-key"
)
LOST = (
    "{count} locked drafts and photos wait here for the key {name}, which is not in {folder}. Bring it back from a "
    "backup: nobody can open them without it."
)


class Cursor(Protocol):
    """What is asked of a cursor, so that Django's and psycopg's both serve."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def refuse_lost_keys(cursor: Cursor, folder: Path) -> list[str]:
    """Refuse the start where a key cannot be read, or where none is left; what else is missing is answered in words.

    Without this a new key would be made in silence, and what waits on phones would be lost when it comes.
    """
    files = keys.files_in(folder)
    for file in files:
        keys.refuse_unreadable(file)
    cursor.execute(SEALED)
    ((sealed,),) = cursor.fetchall()
    if sealed and not files:
        raise Refused(NO_KEY.format(folder=folder))
    here = {keys.name_of(file) for file in files}
    missing = {name: count for name, count in waiting(cursor).items() if name not in here}
    return [LOST.format(count=count, name=name, folder=folder) for name, count in missing.items()]


def waiting(cursor: Cursor) -> dict[str, int]:
    """How many drafts and photos wait here still sealed, by the name of the key that opens them."""
    cursor.execute(WAITING)
    return dict(cursor.fetchall())

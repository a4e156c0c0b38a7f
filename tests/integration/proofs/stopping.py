"""Something is stopped where it writes, after it has read; meanwhile somebody else acts, and is committed.

Each on a connection of its own. What stops it is a row of the same key that this process wrote and has not committed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.integration.alongside.starting import eventually

Act = Callable[[], object]
# Whoever waits for us, or for somebody who does.
WAIT = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_blocking_pids(pid) && (SELECT array_agg(pid)"
    " || pg_backend_pid() FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def stopped_while_writing(scheme: Scheme, act: Act, *, by: Act, meanwhile: Act) -> None:
    """`act` reads, and is stopped at the row that `by` writes; `meanwhile` ends, or waits for it; then both go on."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            by()
            stopped = pool.submit(_alone, scheme, act)
            assert eventually(lambda: stopped.done() or _waiting() == 1) and not stopped.done(), "It was not stopped."
            other = pool.submit(_alone, scheme, meanwhile)
            assert eventually(lambda: other.done() or _waiting() == 2)
            transaction.set_rollback(True)
        other.result()
        stopped.result()


def _alone(scheme: Scheme, act: Act) -> object:
    try:
        with enter(scheme):
            return act()
    finally:
        connection.close()


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAIT)
        return int(cursor.fetchone()[0])

"""Counting in the cache, one at a time: of requests that come at once none slips past a limit uncounted."""

from django.core.cache import cache
from django.db import connection, transaction

from kit import clock


@transaction.atomic
def count(key: str, *, seconds: int, more: int = 1) -> int:
    """One more of this, or so many more: how many there are now; less than nothing takes back what was counted.

    Counting begins anew after so many seconds without one.

    Of the key, only what stands before its first colon can be read in the cache, which keeps schemes apart. Reading
    and writing it are two statements: whoever comes meanwhile waits for both.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [cache.make_key(key)])
    times: int = max(0, cache.get(key, 0) + more)
    cache.set(key, times, seconds)
    return times


def forget_what_is_over() -> None:
    """Delete what nobody counts by any more: Django does so only where it is asked for again, or the table is full."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.kit_cache WHERE expires < %s", [clock.machine_now()])

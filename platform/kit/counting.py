"""Counting in the cache, one at a time: of requests that come at once none slips past a limit uncounted."""

from django.core.cache import cache
from django.db import connection, transaction


@transaction.atomic
def count(key: str, *, seconds: int) -> int:
    """One more of this: how many there are now. Counting begins anew after so many seconds without one.

    The cache keeps schemes apart. Reading and writing it are two statements: whoever comes meanwhile waits for both.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [cache.make_key(key)])
    times: int = cache.get(key, 0) + 1
    cache.set(key, times, seconds)
    return times

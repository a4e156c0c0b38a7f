"""What the benchmarks share: a database of their own, Django ready on it, and a stopwatch."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def scratch(*, bring_up: bool = True) -> Iterator[Any]:
    """A database in a temporary folder, as the owner, brought up to date; the running cluster is what this gives."""
    from alongside import database
    from alongside.surroundings import variables
    from tenants.schemes.privileges import OWNER

    with tempfile.TemporaryDirectory() as folder, database.start(Path(folder)) as cluster:
        os.environ["ALONGSIDE_MODE"] = "test"
        os.environ.update(variables(cluster.folder, url=cluster.url(OWNER)))
        import django

        django.setup()
        from django.db import connection

        from tenants.schemes.migrating import bring_up_to_date

        if bring_up:
            bring_up_to_date()
        try:
            yield cluster
        finally:
            connection.close()
            connection.close_pool()

"""Real PostgreSQL for every test: a base database built once for a set of migrations, cloned for each process.

Loaded by pytest before Django's settings are read (`-p tests.databases`). The base holds public, the template and two
schemes, Ashmere and Brackwell. Tests run in the role `alongside_web`, as the server does; what only the owner may do
runs in a process of its own (`tests/integration/conftest.py`).
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from psycopg import sql

from alongside import database
from alongside.surroundings import variables
from tenants.schemes.privileges import OWNER, WEB
from tests.kept import KEPT, ROOT

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# What the base is made of: a change in any of these makes a new one.
INGREDIENTS = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "tenants/schemes/calling.py",
    "tenants/schemes/dumping.py",
    "tenants/schemes/migrating.py",
    "tenants/schemes/privileges.py",
    "tenants/schemes/provisioning.py",
    "cms/new_scheme.py",
    "platform/alongside/settings/apps.py",
    "tests/base_data.py",
)

# The newest two stay: whoever goes between two branches finds both.
OLD_BASES = "SELECT datname FROM pg_database WHERE datname LIKE 'base_%' ORDER BY oid DESC OFFSET 2"

_cluster: database.Cluster | None = None


@cache
def base_name() -> str:
    """The base database for the migrations and settings as they are now."""
    digest = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return f"base_{digest.hexdigest()[:16]}"


@pytest.hookimpl(wrapper=True)  # goes before pytest-django, which reads the settings
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start the database and point this process's settings at a clone of its own, before Django reads them."""
    global _cluster
    _cluster = _start()
    _build_base()
    name = clone(f"test_{WORKER}_{os.getpid()}")
    os.environ.update(variables(_cluster.folder, url=_cluster.url(WEB, database=name), port=8000))
    os.environ["ALONGSIDE_MODE"] = "test"
    os.environ["ALONGSIDE_DATA"] = str(_own_folder())
    return (yield)


def make_ready() -> None:
    """Build the base before any test asks for it."""
    global _cluster
    with _start() as _cluster:
        _build_base()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop this process's clone and let go of the database."""
    if _cluster is not None:
        from django.db import connection

        connection.close()
        connection.close_pool()
        drop(f"test_{WORKER}_{os.getpid()}")
        _cluster.stop()


def cluster() -> database.Cluster:
    """The running test cluster."""
    assert _cluster is not None
    return _cluster


def clone(name: str) -> str:
    """A copy of the base under a name, in which the roles have their rights."""
    with cluster().connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(base_name())
            )
        )
    cluster().give_rights(name)
    return name


def drop(name: str) -> None:
    """Remove a clone, whoever is still connected to it."""
    with cluster().connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def environment(name: str, *, role: str) -> dict[str, str]:
    """The environment of another process that works on a clone in a role."""
    own = variables(cluster().folder, url=cluster().url(role, database=name), port=8000)
    return {**os.environ, **own, "ALONGSIDE_MODE": "test", "ALONGSIDE_DATA": str(_own_folder())}


def _start() -> database.Cluster:
    os.environ["ALONGSIDE_MODE"] = "test"
    return database.start(KEPT, durable=False)


def _build_base() -> None:
    """Build the base once; other processes that start meanwhile wait for it."""
    name = base_name()
    with cluster().connect() as connection:
        connection.execute("SELECT pg_advisory_lock(727402)")
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there:
            return
        for (old,) in connection.execute(OLD_BASES).fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        making = f"making_{name}"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(making)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        cluster().give_rights(making)
        _fill(making)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, name))))


def _fill(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.base_data"],
        cwd=ROOT,
        env=environment(name, role=OWNER),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise pytest.UsageError(f"The base database could not be built:\n{done.stdout}\n{done.stderr}")


def _own_folder() -> Path:
    folder = KEPT / "processes" / f"{WORKER}-{os.getpid()}"
    # WhiteNoise asks for a folder of static files.
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """The database stands already: nothing is created or flushed."""
    yield


if __name__ == "__main__":
    make_ready()

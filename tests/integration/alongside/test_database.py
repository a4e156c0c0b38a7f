"""The embedded database: who may what, and who stops it."""

import os
import signal
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from alongside import database
from kit.errors import Refused
from tenants.schemes.privileges import ERASER, OWNER, WEB
from tests.integration.alongside.starting import database_process, eventually


@pytest.fixture(scope="module")
def cluster():
    """A database of this module's own."""
    with (
        tempfile.TemporaryDirectory(prefix="alongside-") as place,
        database.start(Path(place) / "data", durable=False) as started,
    ):
        yield started


@pytest.mark.parametrize("role", [OWNER, WEB, ERASER, database.SUPERUSER])
def test_no_role_is_let_in_without_its_password(cluster, role):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(dbname=database.NAME, user=role, host=str(cluster.socket), password="guess")


def test_nothing_listens_on_the_network(cluster):
    with cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_socket_is_for_the_account_of_the_server_alone(cluster):
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700


@pytest.mark.parametrize("role", [WEB, ERASER])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "SET ROLE alongside_owner",
        "ALTER ROLE alongside_web SUPERUSER",
    ],
)
def test_web_and_eraser_make_nothing_and_become_nobody_else(cluster, role, statement):
    with psycopg.connect(cluster.url(role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_what_the_owner_makes_in_public_web_may_fill(cluster):
    with psycopg.connect(cluster.url(OWNER)) as connection:
        connection.execute("CREATE TABLE made_by_owner (id serial)")
    with psycopg.connect(cluster.url(WEB)) as connection:
        connection.execute("INSERT INTO made_by_owner DEFAULT VALUES")
        assert connection.execute("DELETE FROM made_by_owner RETURNING id").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE made_by_owner")


def test_who_joins_lets_the_database_run_for_the_others(cluster):
    with database.start(cluster.folder.path) as joined:
        assert joined.answers()
    assert cluster.answers()


def test_the_last_one_stops_it(place):
    first = database.start(place / "data")
    second = database.start(place / "data")
    first.stop()
    assert second.answers()
    second.stop()
    assert not second.lives()


def test_killed_at_once_it_comes_back_with_what_was_committed(place):
    with database.start(place / "data") as cluster:
        with psycopg.connect(cluster.url(OWNER)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS id")
        os.kill(database_process(place / "data"), signal.SIGKILL)
        assert eventually(lambda: not cluster.lives())
        cluster.ensure()
        with psycopg.connect(cluster.url(WEB)) as connection:
            assert connection.execute("SELECT id FROM kept").fetchall() == [(1,)]


def test_a_socket_folder_of_somebody_else_is_not_used(place, monkeypatch):
    monkeypatch.setattr(database.tempfile, "gettempdir", lambda: str(place))
    long = place / ("long-" * 20) / "data"
    trap = place / "trap"
    trap.mkdir()
    cluster = database.Cluster(database.DataFolder.at(long))
    cluster.folder.prepare()
    cluster.socket.symlink_to(trap)
    with pytest.raises(Refused, match="belongs to somebody else"):
        cluster.ensure()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 'words of somebody' FROM nowhere",
        "SELECT 'words of somebody'::int",
        "WITH one AS (SELECT 'words of somebody' AS said) INSERT INTO said SELECT said FROM one, generate_series(1, 2)",
    ],
)
def test_no_statement_and_no_error_of_one_reaches_the_databases_log(cluster, statement):
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS said (said text UNIQUE)")
        with pytest.raises(psycopg.DatabaseError):
            connection.execute(statement)
    assert "words of somebody" not in (cluster.folder.logs / "database.log").read_text()

"""A change is heard by every process from the transaction that made it, and a line that is lost keeps nothing."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

import audit
from kit import clock
from kit.page_cache import hearing
from kit.page_cache.hearing import NAME, hear
from kit.page_cache.store import Page, Store
from tenants.feedback.models import Theme
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme, Site
from tenants.schemes.privileges import WEB
from tests import databases
from tests.integration.alongside.starting import eventually
from tests.integration.conftest import on_a_clone

ASHMERE, BRACKWELL = ("http", "ashmere", "/", ""), ("http", "brackwell", "/", "")
# A machine that is busy; what is promised is a second.
PATIENCE = 20.0


class Ear:
    """A store that hears of a database, as each process of the server has one."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or Store()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=hear, args=(self.store, self._stop))
        self._thread.start()
        self.hears()

    def hears(self) -> None:
        assert eventually(lambda: self.store.moment() is not None, within=PATIENCE)

    def keep(self) -> None:
        """A page of each scheme."""
        since = self.store.moment()
        assert since is not None
        for schema, key in (("s_ashmere", ASHMERE), ("s_brackwell", BRACKWELL)):
            assert self.store.put(key, Page.of(schema=schema, headers={}, content=b"x"), drawn_since=since)

    def kept(self) -> list[str]:
        return [key[1] for key in (ASHMERE, BRACKWELL) if self.store.get(key)]

    def comes_to_keep(self, *hosts: str) -> bool:
        return eventually(lambda: self.kept() == list(hosts), within=PATIENCE)

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture(scope="module")
def as_web(django_db_blocker: Any) -> Iterator[str]:
    """One database for all tests here: each changes something, and none asks what it was before."""
    with on_a_clone(WEB, django_db_blocker) as name:
        yield name


@pytest.fixture
def ear(as_web: str) -> Iterator[Ear]:
    one = Ear()
    one.keep()
    try:
        yield one
    finally:
        one.end()


def test_what_a_process_kept_before_it_began_to_hear_is_thrown_away(as_web: str) -> None:
    """One that was forked has all that its parent kept, and nobody told it what changed since."""
    brought = Store()
    brought.trust(until=time.monotonic() + 3600)
    assert brought.put(ASHMERE, Page.of(schema="s_ashmere", headers={}, content=b"x"), drawn_since=0)
    one = Ear(brought)
    try:
        assert eventually(lambda: brought.get(ASHMERE) is None, within=PATIENCE)
    finally:
        one.end()


def change_a_theme() -> None:
    Theme.objects.filter(pk=Theme.objects.earliest("pk").pk).update(label="Another name")


def test_what_changes_in_a_scheme_takes_its_pages_and_no_others(ear: Ear, scheme: Scheme) -> None:
    with enter(scheme):
        change_a_theme()
    assert ear.comes_to_keep("brackwell")


def test_what_is_rolled_back_takes_nothing(ear: Ear, scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme), transaction.atomic():
        change_a_theme()
        transaction.set_rollback(True)
    with enter(other_scheme):
        change_a_theme()
    assert ear.comes_to_keep("ashmere")


def test_what_changes_no_row_or_no_page_takes_nothing(ear: Ear, scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        Theme.objects.filter(code="no-such").update(label="Another name")
        audit.record(by=None, operation="change", what="tried something")
    with enter(other_scheme):
        change_a_theme()
    assert ear.comes_to_keep("ashmere")


def test_what_is_said_past_django_is_heard_too(ear: Ear, as_web: str) -> None:
    with databases.cluster().connect(database=as_web) as other:
        other.execute("UPDATE s_ashmere.wagtailcore_page SET live = false WHERE depth = 3")
    assert ear.comes_to_keep("brackwell")


def test_what_changes_about_the_schemes_themselves_takes_every_page(ear: Ear, as_web: str) -> None:
    Site.objects.filter(pk=Site.objects.earliest("pk").pk).update(name="Another name")
    assert ear.comes_to_keep()
    ear.keep()
    with databases.cluster().connect(database=as_web) as other:
        other.execute("UPDATE schemes_scheme SET status = 'suspended' WHERE slug = 'ashmere'")
    assert ear.comes_to_keep()


def test_another_day_and_a_clock_that_was_moved_take_every_page(ear: Ear) -> None:
    clock.set_to(clock.now() + timedelta(days=1))
    assert ear.comes_to_keep()
    ear.keep()
    clock.set_to(None)
    assert ear.comes_to_keep()


def test_midnight_in_london_takes_every_page(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert ear.comes_to_keep()


def test_a_line_that_is_cut_keeps_nothing_until_there_is_a_new_one(ear: Ear, scheme: Scheme) -> None:
    since = ear.store.moment()
    assert since is not None
    cut_all_lines()
    with enter(scheme):
        change_a_theme()
    assert ear.comes_to_keep()
    ear.hears()
    assert not ear.store.put(ASHMERE, Page.of(schema="s_ashmere", headers={}, content=b"x"), drawn_since=since)
    ear.keep()
    with enter(scheme):
        change_a_theme()
    assert ear.comes_to_keep("brackwell")


def test_a_line_that_says_nothing_is_trusted_for_a_second_and_no_longer(ear: Ear, as_web: str) -> None:
    with databases.cluster().connect(database=as_web) as other:
        held = _listener(other)
        os.kill(held, signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert eventually(lambda: ear.store.moment() is None, within=PATIENCE)
            assert time.monotonic() - began < hearing.TRUSTED + hearing.BEAT + 0.5
            assert ear.kept() == []
        finally:
            os.kill(held, signal.SIGCONT)
    ear.hears()


def test_a_database_that_is_away_is_asked_again_until_it_is_there(
    as_web: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connect: Callable[..., psycopg.Connection] = psycopg.connect
    is_away = threading.Event()
    is_away.set()

    def there_or_not(**where: str) -> psycopg.Connection:
        return connect(**{**where, "dbname": "no_such"} if is_away.is_set() else where)

    monkeypatch.setattr(hearing.psycopg, "connect", there_or_not)
    monkeypatch.setattr(hearing, "AGAIN", 0.01)
    store, stop = Store(), threading.Event()
    thread = threading.Thread(target=hear, args=(store, stop))
    thread.start()
    try:
        time.sleep(0.2)
        assert store.moment() is None
        is_away.clear()
        assert eventually(lambda: store.moment() is not None, within=PATIENCE)
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert [record.levelname for record in caplog.records if record.name == hearing.logger.name] == ["WARNING", "INFO"]
    assert store.moment() is None


def cut_all_lines() -> None:
    """Cut every line on which changes of this database are heard."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [NAME],
        )


def _listener(asker: psycopg.Connection) -> int:
    row = asker.execute(
        "SELECT pid FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()", [NAME]
    ).fetchone()
    assert row is not None
    return int(row[0])

"""Sizes of a picture while others act on it: each on a connection of its own, committed, on the real database."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client

from cms import picture_actions as actions
from cms import shapes, showing
from cms.models import Picture, PictureRendition, pictures
from kit import clock, outbox
from kit.models import OutboxMessage
from kit.page_cache.hearing import hear
from kit.page_cache.store import STORE
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import WEB
from tests.databases import environment
from tests.factories.cms import a_page_with, a_picture, agreed, files_of_sizes
from tests.integration.alongside.starting import eventually

ROOT = Path(__file__).parents[3]
PAGE = "/getting-here/"
LARGE = (1600, 1200)
SECONDS = 20.0
KILLED = "a worker that is killed"


@pytest.fixture
def a_photo(as_web: str, scheme: Scheme) -> Picture:
    """A picture that just came, on a page; what another database left in its folder is gone."""
    with enter(scheme):
        for name in files_of_sizes():
            default_storage.delete(name)
        picture = a_picture(size=LARGE)
        a_page_with(picture)
        return picture


@pytest.fixture
def public(a_photo: Picture, client_at: Callable[..., Client], scheme: Scheme) -> Client:
    return client_at(scheme)


class Beside:
    """Something that runs in a thread with its own connection, and stops at a place until it is let go."""

    def __init__(self, scheme: Scheme, act: Callable[["Beside"], object]) -> None:
        self._scheme, self._act = scheme, act
        self._there, self._go = threading.Event(), threading.Event()
        self._pool = ThreadPoolExecutor(1)
        self.done: Future[object] = self._pool.submit(self._run)

    def _run(self) -> object:
        try:
            with enter(self._scheme):
                return self._act(self)
        finally:
            self._there.set()
            connection.close()

    def stop_here(self) -> None:
        """Called by what runs there."""
        self._there.set()
        assert self._go.wait(SECONDS)

    def arrived(self) -> "Beside":
        """Wait until it stands there."""
        assert self._there.wait(SECONDS)
        return self

    def ends(self) -> object:
        """Let it go, to its end."""
        self._go.set()
        self._pool.shutdown()
        return self.done.result(SECONDS)


@contextmanager
def stopping(
    scheme: Scheme, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, *, after: bool = False
) -> Iterator[Beside]:
    """A worker that does what is due, and stops right before the first call of a function, or after it."""
    really = getattr(module, name)
    at_work: list[tuple[threading.Thread, Beside]] = []

    def act(worker: Beside) -> None:
        at_work.append((threading.current_thread(), worker))
        outbox.work_once()

    def stop(*args: Any, **given: Any) -> Any:
        if not at_work or threading.current_thread() is not at_work[0][0]:
            return really(*args, **given)
        _, worker = at_work.pop()
        done = really(*args, **given) if after else None
        worker.stop_here()
        return done if after else really(*args, **given)

    monkeypatch.setattr(module, name, stop)
    worker = Beside(scheme, act)
    try:
        yield worker.arrived()
    finally:
        worker.ends()


def shows(public: Client) -> bool:
    answer = public.get(PAGE)
    assert answer.status_code == 200
    return "<picture" in answer.content.decode()


def rows() -> list[str]:
    return sorted(PictureRendition.objects.values_list("file", flat=True))


def is_whole() -> bool:
    """Every size once, each with its file, and no file beside them."""
    specs = list(PictureRendition.objects.values_list("filter_spec", flat=True))
    return sorted(specs) == sorted(shapes.EVERY_SIZE) and set(rows()) == files_of_sizes()


# --- nobody waits


def test_a_visitor_does_not_wait_for_the_worker_and_sees_the_picture_once_it_is_through(
    a_photo: Picture, public: Client, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, pictures, "drawn") as worker:
        assert not shows(public)
        with enter(scheme):
            assert not rows()
        worker.ends()
    assert shows(public)
    with enter(scheme):
        assert is_whole()


def test_a_visitor_does_not_wait_for_whoever_changes_the_picture(
    a_photo: Picture, public: Client, scheme: Scheme
) -> None:
    def change(editor: Beside) -> None:
        with transaction.atomic():
            Picture.objects.select_for_update().get(pk=a_photo.pk)
            editor.stop_here()

    editor = Beside(scheme, change).arrived()
    try:
        assert not shows(public)
        with enter(scheme):
            assert not rows() and not files_of_sizes()
    finally:
        editor.ends()
    assert shows(public)


def test_whoever_changes_the_picture_does_not_wait_for_the_worker_that_draws(
    a_photo: Picture, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, pictures, "drawn"), enter(scheme), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
        Picture.objects.select_for_update().get(pk=a_photo.pk).save()
    with enter(scheme):
        assert is_whole()


def test_visitors_and_the_worker_at_once_make_each_size_once(a_photo: Picture, scheme: Scheme) -> None:
    start = threading.Barrier(4, timeout=SECONDS)

    def visit(_: Beside) -> None:
        start.wait()
        showing.shown_each([a_photo], shapes.IN_WORDS)

    def work(_: Beside) -> None:
        start.wait()
        outbox.work_once()

    for one in [Beside(scheme, act) for act in (visit, visit, visit, work)]:
        one.ends()
    with enter(scheme):
        assert is_whole()


def test_a_size_that_an_editor_was_shown_while_the_worker_drew_stays_the_one(
    a_photo: Picture, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, pictures, "drawn", after=True), enter(scheme):
        a_photo.get_rendition(shapes.FOR_EDITORS)
        shown = rows()
        assert len(shown) == 1
    with enter(scheme):
        assert is_whole() and shown[0] in rows()


# --- taken back meanwhile


@pytest.fixture
def taken_back(a_photo: Picture, scheme: Scheme, person: Callable[..., Person]) -> Callable[[], None]:
    """Somebody in the picture agreed; they take it back now."""
    editor = person("Edith")
    with enter(scheme):
        Picture.objects.update(people=1)
        consent = agreed(a_photo, editor)

    def act() -> None:
        with enter(scheme):
            actions.take_back(consent=consent, by=editor)

    return act


@pytest.mark.parametrize("after", [False, True])
def test_of_a_picture_taken_back_and_deleted_while_the_worker_draws_no_file_is_left(
    after: bool, a_photo: Picture, taken_back: Callable[[], None], scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, pictures, "drawn", after=after):
        taken_back()
        outbox.work_once()
        with enter(scheme):
            assert not Picture.objects.exists()
    with enter(scheme):
        assert not files_of_sizes() and not rows()
        assert not default_storage.exists(a_photo.file.name)
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def test_of_a_picture_taken_back_while_the_worker_keeps_its_sizes_no_file_is_left(
    a_photo: Picture, taken_back: Callable[[], None], scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, actions, "delete_sizes") as worker:
        with enter(scheme):
            assert len(files_of_sizes()) == 18 and not rows()  # kept, and not committed yet
        taken_back()
        other = Beside(scheme, lambda _: outbox.work_once())
        assert eventually(lambda: _somebody_waits() or other.done.done(), within=SECONDS)
        assert not other.done.done()
        worker.ends()
        other.ends()
    with enter(scheme):
        assert not files_of_sizes() and not rows() and not Picture.objects.exists()
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def _somebody_waits() -> bool:
    """For a lock; nobody else is in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


# --- killed half way


def killed(database: str, files: int) -> None:
    """A worker that is killed once it kept so many files, and whose locks the database has let go by then."""
    surroundings = environment(database, role=WEB) | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
        "PGAPPNAME": KILLED,
    }
    command = [sys.executable, "-m", "tests.integration.cms.killed_worker", str(default_storage.path("")), str(files)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert eventually(lambda: not _is_connected(KILLED), within=SECONDS)


def _is_connected(name: str) -> bool:
    """Whether the database still keeps a connection of that name, and so its locks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name])
        return bool(cursor.fetchone()[0])


def test_a_worker_that_is_killed_half_way_leaves_no_row_and_the_next_leaves_no_file_but_its_own(
    a_photo: Picture, as_web: str, scheme: Scheme, at_moment: Callable[..., None]
) -> None:
    killed(as_web, files=7)
    with enter(scheme):
        left = files_of_sizes()
        assert len(left) == 7 and not rows()
    at_moment(clock.now() + timedelta(minutes=1))
    outbox.work_once()
    with enter(scheme):
        assert is_whole() and not left & files_of_sizes()


@pytest.mark.parametrize("cleared_first", [True, False])
def test_of_a_picture_taken_back_after_the_worker_was_killed_no_file_is_left(
    cleared_first: bool,
    a_photo: Picture,
    taken_back: Callable[[], None],
    as_web: str,
    scheme: Scheme,
    at_moment: Callable[..., None],
) -> None:
    killed(as_web, files=7)
    taken_back()
    if not cleared_first:
        at_moment(clock.now() + timedelta(minutes=1))
    outbox.work_once()
    with enter(scheme):
        assert not files_of_sizes() and not rows() and not Picture.objects.exists()


# --- the page cache


@pytest.fixture
def kept_pages(as_web: str) -> Iterator[None]:
    """Pages are kept in memory, and thrown away by what the database says."""
    stop = threading.Event()
    thread = threading.Thread(target=hear, args=(STORE, stop))
    thread.start()
    try:
        assert eventually(lambda: STORE.moment() is not None, within=SECONDS)
        yield
    finally:
        stop.set()
        thread.join(SECONDS)


def test_a_page_that_was_kept_without_its_sizes_shows_them_as_soon_as_they_come(
    a_photo: Picture, kept_pages: None, public: Client, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopping(scheme, monkeypatch, pictures, "drawn"):
        assert not shows(public)
        assert eventually(lambda: bool(not shows(public) and len(STORE)), within=SECONDS)
    # By itself a page is thrown away after a minute.
    assert eventually(lambda: shows(public), within=SECONDS)
    [room] = re.findall(r'width="(\d+)" height="(\d+)"', public.get(PAGE).content.decode().partition("<main")[2])
    assert room == ("900", "675")

"""The order of a start and of a stop, and what is watched in between."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from alongside import database
from alongside.data_folder import DataFolder, write_whole
from alongside.supervisor.children import Child
from alongside.supervisor.holding import empty, held, refuse_port_in_use
from alongside.supervisor.telling import say, say_where_to_go
from alongside.surroundings import HOST, PROJECT, variables
from kit.errors import Refused
from peer_monitoring import keys
from peer_monitoring.lost_keys import refuse_lost_keys
from tenants.schemes.privileges import OWNER, WEB
from tenants.schemes.tables import refuse_missing_tables

LOOK_EVERY = 0.2  # seconds
SECONDS_TO_ANSWER = 90
# A data folder prepared by this very code needs no second look.
LOCKS = (PROJECT / "infra" / "requirements" / "run.txt", PROJECT / "package-lock.json")
PREPARING_CODE = ("**/migrations/*.py", "**/models.py", "**/models/*.py", "**/demo/**/*", "**/static/**/*")


class Stopped(Exception):
    """Ctrl-C came while it was starting."""


def supervise(*, data: Path, port: int, fresh: bool) -> None:
    """Start everything on a data folder and keep it running until Ctrl-C or SIGTERM."""
    told = _told_to_stop()
    began = time.monotonic()
    folder = DataFolder.at(data)
    folder.prepare()
    address = f"http://{HOST}:{port}"
    with held(folder, port=port, address=address):
        refuse_port_in_use(port)
        if fresh:
            say(f"Emptying {folder.path}.")
            empty(folder)
            folder.prepare()
        folder.refuse_without_room()
        service = _Service(folder, port=port, told=told)
        try:
            service.start()
            say_where_to_go(folder, schemes=service.schemes(), port=port, seconds=time.monotonic() - began)
            service.watch()
        except Stopped:
            pass
        finally:
            service.stop()


def _told_to_stop() -> threading.Event:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: told.set())
    return told


class _Service:
    """All that one start started."""

    def __init__(self, folder: DataFolder, *, port: int, told: threading.Event) -> None:
        self.folder, self.port, self.told = folder, port, told
        self.cluster: database.Cluster | None = None
        self.children: list[Child] = []

    def start(self) -> None:
        new = not (self.folder.database / "PG_VERSION").exists()
        say("Making the database." if new else "Starting the database.")
        self.cluster = database.start(self.folder.path)
        self._stop_if_told()
        self._prepare()
        with self.cluster.connect(database=database.NAME) as connection:
            refuse_missing_tables(connection.cursor())
            for lost in refuse_lost_keys(connection.cursor(), self.folder.secrets / keys.FOLDER):
                say(lost)
        say("Starting the server, the worker and the clock.")
        for name, command in (("server", "serve"), ("worker", "work"), ("clock", "clock")):
            child = Child(name, [command], self._variables(WEB), self.folder.logs / f"{name}.log")
            self.children.append(child)
            child.start()
        self._wait_for_answer()

    def schemes(self) -> list[tuple[str, str]]:
        """Name and slug of each scheme, read as plain rows: this process stays small and knows no models."""
        assert self.cluster is not None
        with psycopg.connect(self.cluster.url(WEB)) as connection:
            return connection.execute("SELECT name, slug FROM schemes_scheme ORDER BY name").fetchall()

    def watch(self) -> None:
        """Look after the children and the database until told to stop."""
        while not self.told.wait(LOOK_EVERY):
            self._look()

    def stop(self) -> None:
        """Stop what was started, the database last."""
        if self.children or self.cluster:
            say("Stopping.")
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end()
        if self.cluster is not None:
            self.cluster.stop()
            say("Stopped. The data is kept.")

    def _look(self) -> None:
        assert self.cluster is not None
        if not self.cluster.lives():
            say("The database stopped by itself and is started again.")
            try:
                self.cluster.ensure()
            except (Refused, psycopg.Error) as error:
                say(f"{error} It is tried again.")
                self.told.wait(5)
        for child in self.children:
            words = child.watch()
            if words:
                say(words)

    def _prepare(self) -> None:
        """Migrate and add the demonstration, unless this very code has done so on this very data."""
        stamp, ours = self.folder.path / "prepared", _fingerprint()
        if stamp.exists() and stamp.read_text() == ours:
            return
        process = subprocess.Popen(
            [sys.executable, "-m", "alongside", "prepare"],
            cwd=PROJECT,
            env=os.environ | self._variables(OWNER),
            start_new_session=True,
        )
        while process.poll() is None:
            if self.told.wait(LOOK_EVERY):
                process.terminate()
                process.wait()
        self._stop_if_told()
        if process.returncode != 0:
            raise Refused("The database could not be brought up to date; the lines above say why. Its data is kept.")
        write_whole(stamp, ours)

    def _variables(self, role: str) -> dict[str, str]:
        assert self.cluster is not None
        return variables(self.folder, url=self.cluster.url(role), port=self.port)

    def _wait_for_answer(self) -> None:
        patience = time.monotonic() + SECONDS_TO_ANSWER
        while not _answers(self.port):
            self._stop_if_told()
            self._look()
            if time.monotonic() > patience:
                raise Refused(f"The server did not answer. What it says stands in {self.folder.logs / 'server.log'}.")
            self.told.wait(LOOK_EVERY)

    def _stop_if_told(self) -> None:
        if self.told.is_set():
            raise Stopped


def _answers(port: int) -> bool:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health/")
    # No proxy of the surroundings may stand between the two.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _fingerprint() -> str:
    """A mark of the code that prepares a database: the same code leaves the same mark."""
    mark = hashlib.sha256()
    roots = [PROJECT / name for name in ("platform", "tenants", "cms", "peer_monitoring")]
    files = {file for root in roots for pattern in PREPARING_CODE for file in root.glob(pattern) if file.is_file()}
    for file in sorted(files | set(LOCKS)):
        if "__pycache__" not in file.parts:
            mark.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes())
    mark.update(os.environ.get("ALONGSIDE_MODE", "").encode())
    return mark.hexdigest()

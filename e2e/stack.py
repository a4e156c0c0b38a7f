"""A real Alongside for the tests in a browser: its own data folder, its own port, all its processes.

Making the demonstration takes a minute, so a made folder is kept for the code that made it, and each
session of tests works on a copy of it.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from functools import cached_property
from pathlib import Path

import psutil
import psycopg

from alongside import database
from alongside.data_folder import DataFolder, held
from alongside.surroundings import HOST
from tenants.schemes.privileges import WEB
from tests.kept import KEPT, ROOT

# What the demonstration is made of: a change in any of these makes a new one.
INGREDIENTS = ("platform/**/*.py", "tenants/**/*.py", "cms/**/*.py")
PREPARING = {
    "migrations", "models", "models.py", "demo", "provisioning.py", "first_pages.py", "first_words.py", "new_scheme.py",
}  # fmt: skip
STARTS_WITHIN = 600.0  # seconds, on a machine that is busy and has to make the demonstration
SOON = 30.0
RUNNING = "running-"


class DidNotStart(Exception):
    """The stack did not come up; carries what it said."""


@dataclass
class Stack:
    """One running Alongside."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    # The codes of apps that were typed already, by whom: each works once.
    used_codes: dict[str, set[str]] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        """The platform's origin."""
        return f"http://{HOST}:{self.port}"

    def scheme(self, slug: str) -> str:
        """A scheme's origin."""
        return f"http://{slug}.{HOST}:{self.port}"

    @cached_property
    def _sign_ins(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads((self.data / "demonstration.json").read_text())
        return found

    @property
    def password(self) -> str:
        """The one password of everybody in the demonstration."""
        return self._sign_ins[0]["password"]

    @property
    def log(self) -> str:
        """All that its processes have written so far."""
        return self.data.with_suffix(".log").read_text(errors="replace")

    @property
    def slip(self) -> str:
        """The code of a slip that has an answer."""
        return next(one["password"] for one in self._sign_ins if one["who"] == "With a slip")

    def letters_to(self, address: str) -> list[str]:
        """The words of every message to an address or a mobile number, the newest last."""
        written = (file for file in (self.data / "mail").iterdir() if file.suffix in (".eml", ".text"))
        files = sorted(written, key=lambda file: file.stat().st_mtime)
        messages = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [message.get_content() for message in messages if message["To"] == address]

    def letter_to(self, address: str, *, after: int = 0) -> str:
        """The next message to an address, when it has come."""
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            letters = self.letters_to(address)
            if len(letters) > after:
                return letters[-1]
            time.sleep(0.1)
        raise AssertionError(f"No message to {address} came.")

    @contextlib.contextmanager
    def worker_away(self) -> Iterator[None]:
        """Hold the worker up, as a machine does that is out of memory: nothing is sent meanwhile."""
        worker = self._child("work")
        worker.suspend()
        try:
            yield
        finally:
            worker.resume()

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection]:
        """The database, for what no page can bring about."""
        cluster = database.Cluster(DataFolder.at(self.data))
        with psycopg.connect(cluster.url(WEB), autocommit=True) as connection:
            yield connection

    def tick(self, day: date) -> None:
        """Move the clock of all its processes to the morning of a day, and do what is due by then."""
        said = self.command("tick", "--at", f"{day} 09:00")
        until = time.monotonic() + SOON
        # The running clock may be doing what is due at this moment: then once more, by the clock that was moved.
        while said.returncode:
            assert time.monotonic() < until, said.stderr
            said = self.command("tick")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Give a command of the command line on this data, while it runs."""
        command = [sys.executable, "-m", "alongside", "--data", str(self.data), *words]
        return subprocess.run(command, cwd=ROOT, env=_surroundings(), capture_output=True, text=True)

    def stop(self) -> None:
        """Ask it to stop all that it started, and wait."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()

    def _child(self, command: str) -> psutil.Process:
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if child.cmdline()[-1] == command)


@contextlib.contextmanager
def of_its_own() -> Iterator[Stack]:
    """A stack on a copy of the demonstration, until the end of the block.

    Not in a folder of pytest's, which another pytest closes to the database's user.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    _clear_what_was_killed()
    with tempfile.TemporaryDirectory(prefix=f"{RUNNING}{os.getpid()}-", dir=KEPT) as folder:
        data = Path(folder) / "data"
        copy_ready_made(data)
        running = start(data)
        try:
            yield running
        finally:
            running.stop()


def _clear_what_was_killed() -> None:
    for old in KEPT.glob(f"{RUNNING}*"):
        if not psutil.pid_exists(int(old.name.split("-")[1])):
            shutil.rmtree(old, ignore_errors=True)


def start(data: Path) -> Stack:
    """Start a stack on a data folder that is filled already, or fill it; returns when it answers."""
    port = _free_port()
    log = data.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "alongside", "run", "--data", str(data), "--port", str(port)],
            cwd=ROOT,
            env=_surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + STARTS_WITHIN
    while "Ctrl-C stops it." not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise DidNotStart(log.read_text(errors="replace"))
        time.sleep(0.1)
    return Stack(data, port, process)


def _surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return kept | {"ALONGSIDE_MODE": "demonstration", "PYTHONUNBUFFERED": "1"}


def copy_ready_made(to: Path) -> None:
    """Put a copy of the demonstration's data folder somewhere."""
    with ready_made() as made:
        shutil.copytree(made, to, symlinks=True)


@contextlib.contextmanager
def ready_made() -> Iterator[Path]:
    """The demonstration's data folder, made first if the code has changed, and held meanwhile."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / f"e2e-{_mark()}"
    with held(KEPT / "e2e.lock"):
        if not made.exists():
            _make(made)
        yield made


def _make(made: Path) -> None:
    for old in KEPT.glob("e2e-*"):
        shutil.rmtree(old, ignore_errors=True)
        old.unlink(missing_ok=True)
    making = KEPT / "e2e-making"
    start(making).stop()
    making.rename(made)


def _mark() -> str:
    digest = hashlib.sha256()
    files = {file for pattern in INGREDIENTS for file in ROOT.glob(pattern)}
    for file in sorted(files):
        if set(file.parts) & PREPARING:
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    with ready_made():
        pass

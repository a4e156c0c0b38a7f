"""A start of the real thing, as somebody at a terminal sees it."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[3]
LAST_LINE = "Ctrl-C stops it."
PATIENCE = 180.0  # seconds: a first start migrates


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class Start:
    """`alongside run` on a data folder, with what it prints."""

    def __init__(self, data: Path, *options: str, port: int | None = None) -> None:
        self.data, self.port = data, port or free_port()
        self.lines: list[str] = []
        self._coming: queue.Queue[str | None] = queue.Queue()
        # The tests' own database and mode are not for it.
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside", "--data", data, "run", "--port", str(self.port), *options],
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self._coming.put(line.rstrip("\n"))
        self._coming.put(None)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, words: str) -> None:
        """Wait until a line with these words has been printed."""
        patience = time.monotonic() + PATIENCE
        while not any(words in line for line in self.lines):
            line = self._coming.get(timeout=max(0.1, patience - time.monotonic()))
            if line is None:
                raise AssertionError(f"It ended without saying “{words}”:\n{self.text}")
            self.lines.append(line)

    def stop_reading(self) -> None:
        """Go away from the terminal after the first line."""
        self.wait_for("database")
        assert self.process.stdout is not None
        os.dup2(os.open(os.devnull, os.O_RDONLY), self.process.stdout.fileno())

    def wait_until_ready(self) -> "Start":
        self.wait_for(LAST_LINE)
        return self

    def wait_for_end(self) -> int:
        """Its exit code, when it has ended and all it printed has been read."""
        code = self.process.wait(PATIENCE)
        while (line := self._coming.get(timeout=10)) is not None:
            self.lines.append(line)
        return code

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.wait_for_end()

    def answers(self) -> bool:
        """Whether the platform answers that it is well."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/health/", headers={"Host": f"alongside.localhost:{self.port}"}
        )
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def answers_again(self) -> bool:
        """Whether it answers within half a minute."""
        return eventually(self.answers)

    def family(self) -> list[psutil.Process]:
        """The processes it started, and theirs."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, command: str) -> psutil.Process:
        """The process that runs one of our commands."""
        return next(one for one in self.family() if one.cmdline()[-1:] == [command])


def eventually(true: Callable[[], bool], *, within: float = 30.0) -> bool:
    """Whether something becomes true in time."""
    patience = time.monotonic() + within
    while time.monotonic() < patience:
        if true():
            return True
        time.sleep(0.1)
    return False


def users_of(data: Path) -> list[str]:
    """Every process that works on a data folder, the database's own included."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            words = " ".join(process.cmdline())
            if str(data) in words or str(data) in process.cwd() or process.environ().get("ALONGSIDE_DATA") == str(data):
                found.append(words)
    return found


def database_process(data: Path) -> int:
    """The process number of the database."""
    return int((data / "db" / "postmaster.pid").read_text().split()[0])

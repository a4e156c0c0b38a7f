"""The processes that serve: started, watched, started again, and stopped with all that they started themselves."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from alongside.surroundings import PROJECT

STEADY = 30.0  # seconds alive after which a child is trusted again
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
GRACE = 10.0  # seconds between asking a child to end and ending it
BIGGEST_LOG = 5_000_000  # bytes


@dataclass
class Child:
    """One process of its own group, with its own log."""

    name: str
    command: list[str]
    variables: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _began: float = 0.0
    _pause: float = FIRST_PAUSE
    _start_again_at: float | None = None

    def start(self) -> None:
        """Start it, with its output added to its log."""
        if self.log.exists() and self.log.stat().st_size > BIGGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._began = time.monotonic()
        self._start_again_at = None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "alongside", *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
                env=os.environ | self.variables,
                # A group of its own: Ctrl-C reaches the supervisor alone, which then stops things in their order.
                start_new_session=True,
            )

    def watch(self) -> str | None:
        """Start it again if it died; answers what to tell, once for each death."""
        if self.process is None or self.process.poll() is None:
            return None
        now = time.monotonic()
        if self._start_again_at is None:
            self._end_group(signal.SIGKILL)
            self._pause = FIRST_PAUSE if now - self._began > STEADY else min(self._pause * 2, LONGEST_PAUSE)
            self._start_again_at = now + self._pause
            return f"The {self.name} stopped by itself and is started again. What it said stands in {self.log}."
        if now >= self._start_again_at:
            self.start()
        return None

    def ask_to_end(self) -> None:
        """Ask it to finish what it does and end."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        """Wait for it to end as asked; end it if it does not, and whatever it started with it."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        assert self.process is not None
        # The group carries the child's own number, which stays taken as long as one of its members lives.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

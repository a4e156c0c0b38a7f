"""Two processes of the server on one database, and an anonymous visitor who asks both."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tenants.schemes.privileges import WEB
from tests import databases
from tests.integration.alongside.starting import eventually, free_port

ROOT = Path(__file__).parents[3]
# A second is what is promised: whoever asks later than that after a change must see it.
PROMISED = 1.0
STARTS_WITHIN = 180.0


@dataclass(frozen=True)
class Answer:
    """What a visitor got."""

    status: int
    raw: bytes
    mark: str | None
    policy: str | None

    @property
    def body(self) -> str:
        """Its words."""
        return self.raw.decode(errors="replace")

    @property
    def seen(self) -> tuple[int, str, str]:
        """What is compared: the mark is there only where a page can be kept."""
        return self.status, self.body, in_order(self.policy)


def in_order(policy: str | None) -> str:
    """The directives of a policy in an order of their own: each process has another."""
    return "; ".join(sorted((policy or "").split("; ")))


class Server:
    """One process that serves pages of a database."""

    def __init__(self, database: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.proofs.page_server", str(self.port)],
            cwd=ROOT,
            env=databases.environment(database, role=WEB),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, host: str, path: str, **headers: str) -> Answer:
        """What anybody reads there."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("GET", path, headers={"Host": host, **headers})
            answer = line.getresponse()
            return Answer(
                answer.status,
                answer.read(),
                answer.getheader("ETag"),
                answer.getheader("Content-Security-Policy"),
            )
        finally:
            line.close()

    def answers(self, host: str) -> bool:
        """Whether it is up, and hears of changes."""
        try:
            return self.ask(host, "/about/contact/").mark is not None
        except OSError:
            return False

    def end(self) -> None:
        """Stop it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def two_servers(database: str, host: str) -> Iterator[list[Server]]:
    """Both are up and keep pages."""
    servers = [Server(database), Server(database)]
    try:
        for server in servers:
            assert eventually(lambda server=server: server.answers(host), within=STARTS_WITHIN)  # type: ignore[misc]
        yield servers
    finally:
        for server in servers:
            server.end()


def sees(server: Server, host: str, path: str, wanted: tuple[int, str, str], *, changed_at: float) -> float:
    """Ask until the visitor sees what they should; whoever asks a second after the change must.

    Returns how long after the change an old page was still given, if any was.
    """
    old_after = 0.0
    while True:
        asked_after = time.monotonic() - changed_at
        answer = server.ask(host, path)
        if answer.seen == wanted:
            return old_after
        old_after = asked_after
        if asked_after > PROMISED:
            assert answer.seen == wanted, f"{path} is old"

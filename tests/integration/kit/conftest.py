"""Handlers and duties of a test's own, and other processes that work on a database of their own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit import scheduler
from kit.models import OutboxMessage
from kit.outbox import handlers
from tenants.schemes.privileges import WEB
from tests.databases import clone, cluster, drop, environment

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch, in_public: None) -> None:
    """Nothing waits, no app handles anything and no duty is due but those of the test."""
    OutboxMessage.objects.all().delete()
    monkeypatch.setattr(handlers, "_handlers", {})
    monkeypatch.setattr(scheduler, "_duties", {})


class Elsewhere:
    """A database of the test's own, in which other processes really commit."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.others: list[Other] = []

    def other(self) -> "Other":
        """Another process, in the role of the server."""
        self.others.append(Other(environment(self.name, role=WEB)))
        return self.others[-1]

    def promise(self, messages: int) -> None:
        """Put messages for Ashmere into the outbox."""
        self.ask(
            "INSERT INTO kit_outboxmessage (id, kind, schema, key, payload, created_at, due_at, attempts, last_error,"
            " given_up_because) SELECT gen_random_uuid(), 'test.counted', 's_ashmere', gen_random_uuid(), '{}', now(),"
            f" now(), 0, '', '' FROM generate_series(1, {messages})"
        )

    def ask(self, statement: str) -> list[tuple]:
        """What a statement returns, asked as the superuser."""
        with cluster().connect(database=self.name) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def end(self) -> None:
        """End what was started here, and drop the database."""
        for other in self.others:
            other.kill()
        drop(self.name)


class Other:
    """A process that does what it is told: a function of `processes.py` after another."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.kit.processes"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, what: str) -> None:
        """Tell it what to do, or to go on."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def says(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def do(self, what: str) -> str:
        """Tell it what to do, and hear what came of it."""
        self.begin(what)
        return self.says()

    def lives(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    """Real commits by real processes, as far from the test's own transaction as they are in life."""
    place = Elsewhere(clone(f"elsewhere_{abs(hash(request.node.nodeid)) % 10**10}"))
    place.ask("DELETE FROM kit_outboxmessage")
    yield place
    place.end()

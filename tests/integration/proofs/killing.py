"""A whole Alongside of its own, people who use it by HTTP and try again like a browser, and something that kills it."""

import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
import psycopg

from alongside import database
from alongside.data_folder import DataFolder
from alongside.demo.apps import code_now, secret_of
from alongside.surroundings import HOST, variables
from tenants.schemes.privileges import OWNER
from tests.integration.alongside.starting import database_process, eventually, free_port
from tests.integration.proofs.kills_people import PASSWORD

ROOT = Path(__file__).parents[3]
SCHEME = f"ashmere.{HOST}"
PATIENCE = 600.0  # seconds, on a machine that is busy
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Service:
    """`alongside run` on a folder of its own, without the demonstration; `people` is the module that fills it."""

    def __init__(self, data: Path, *, people: str, **surroundings: str) -> None:
        self.data, self.port = data, free_port()
        # The tests' own database is not for it.
        self._surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
        self._surroundings["ALONGSIDE_MODE"] = "test"
        self._surroundings["ALONGSIDE_PROXIES"] = "1"  # each request says from where it comes
        self._said = data.with_suffix(".said")
        with self._said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "alongside", "--data", data, "run", "--port", str(self.port)],
                cwd=ROOT,
                env=self._surroundings,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        if not eventually(self.is_well, within=PATIENCE):
            raise AssertionError(self._said.read_text())
        self.made = self._make(people, surroundings)

    def _make(self, people: str, surroundings: dict[str, str]) -> dict[str, Any]:
        own = variables(self.cluster.folder, url=self.cluster.url(OWNER), port=self.port)
        # The tests' own key would write what the service cannot read.
        own |= {"ALONGSIDE_MODE": "test", "ALONGSIDE_SECRET_KEY": self.cluster.folder.secret("secret-key")}
        own |= surroundings
        done = subprocess.run(
            [sys.executable, "-m", people],
            cwd=ROOT,
            env={**self._surroundings, **own, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return made

    @property
    def cluster(self) -> database.Cluster:
        return database.Cluster(DataFolder.at(self.data))

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database itself, when it answers."""
        while True:
            with contextlib.suppress(psycopg.OperationalError), self.cluster.connect(database=database.NAME) as line:
                return line.execute(statement, values).fetchall()  # type: ignore[call-overload, no-any-return]
            time.sleep(0.2)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of its commands, beside what runs."""
        return subprocess.run(
            [sys.executable, "-m", "alongside", "--data", self.data, *arguments],
            cwd=ROOT, env=self._surroundings, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    def is_well(self) -> bool:
        """Whether the platform answers that it is, and its worker and clock live."""
        if self.process.poll() is not None:
            return True  # nothing is waited for any more; what it said tells why
        try:
            answer = Browser(self.port).once("GET", HOST, "/health/")
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == 200 and len(self.processes("work")) == 1

    def processes(self, command: str) -> list[psutil.Process]:
        """The process that runs one of our commands, and those it started."""
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self.process.pid).children():
                if child.cmdline()[-1:] == [command]:
                    return [child, *child.children(recursive=True)] if command == "serve" else [child]
        return []

    def kill(self, what: str) -> bool:
        """End one of its processes at once, in the middle of whatever it does."""
        with contextlib.suppress(psutil.Error, ProcessLookupError, FileNotFoundError):
            if what == "database":
                os.kill(database_process(self.data), signal.SIGKILL)
                return True
            # Nothing runs for a moment after it ended by itself, as it does when the database is lost.
            running = self.processes({"worker": "work", "server": "serve"}[what])
            for one in random.sample(running, k=min(1, len(running))):
                one.kill()
            return bool(running)
        return False

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    text: str


@dataclass
class Browser:
    """Somebody's browser: cookies for each host, and a person who tries again until there is an answer."""

    port: int
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)

    def once(self, method: str, host: str, path: str, body: dict[str, str] | None = None) -> Answer:
        """One request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        own = self.cookies.setdefault(host, {})
        headers = {"Host": f"{host}:{self.port}", "Cookie": "; ".join(f"{name}={value}" for name, value in own.items())}
        headers["X-Forwarded-For"] = f"10.{'.'.join(map(str, random.randbytes(3)))}"  # no limit is what is tried here
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(line):
            line.request(method, path, urlencode(body) if body is not None else None, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            own[name] = value
        return Answer(answer.status, answer.headers.get("Location", ""), text)

    def ask(self, method: str, host: str, path: str, body: dict[str, str] | None = None) -> Answer:
        """The same, again and again until something answers and says anything but that it failed."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer = self.once(method, host, path, body)
                if answer.status < 500:
                    return answer
            self.tries[method] += 1
            time.sleep(0.2)
        raise AssertionError(f"No answer to {method} {path}.")

    def submit(self, host: str, path: str, filled: dict[str, str], *, to: str = "") -> tuple[Answer, bool]:
        """Fill in the form of a page and send it, the very same again if no answer comes; whether it was sent again."""
        page = self.ask("GET", host, path)
        assert page.status == 200, (path, page.status, page.location)
        before = self.tries["POST"]
        answer = self.ask("POST", host, to or path, _hidden(page.text) | filled)
        return answer, self.tries["POST"] > before

    def sign_in(self, email: str) -> None:
        """On the platform by password, and from there with a pass to the scheme's host."""
        answer, _ = self.submit(HOST, "/sign-in/", {"login": email, "password": PASSWORD})
        assert answer.status == 302, answer.text
        if answer.location == "/sign-in/step/code/":
            # A try whose answer was lost has used the code up: the next half minute has another.
            code = code_now(secret_of(email, PASSWORD))
            answer, _ = self.submit(HOST, answer.location, {"code": code})
            assert answer.status == 302, answer.text
        for _ in range(3):  # a pass lives for a minute, and a kill may cost more
            leave = self.ask("GET", SCHEME, "/sign-in/?next=/mine/")
            arrive = self.ask("GET", HOST, _way_on(leave.text))
            if self.ask("GET", SCHEME, _way_on(arrive.text)).status == 302:
                return
        raise AssertionError("Nobody arrived.")


def _hidden(page: str) -> dict[str, str]:
    found = [dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(page)]
    return {one["name"]: unescape(one.get("value", "")) for one in found if one.get("type") == "hidden"}


def _way_on(page: str) -> str:
    (address,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    parts = urlsplit(unescape(address))
    return f"{parts.path}?{parts.query}"


@contextlib.contextmanager
def killed_at_random(
    service: Service, *, seed: int, what: Sequence[str] = ("worker", "server", "database")
) -> Iterator[Counter[str]]:
    """Meanwhile something kills one of these every few seconds; how many of each."""
    kills, over, draw = Counter[str](), threading.Event(), random.Random(seed)

    def kill() -> None:
        while not over.wait(draw.uniform(0.05, 4.0)):
            one = draw.choice(what)
            kills[one] += service.kill(one)
            eventually(service.is_well, within=60)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield kills
    finally:
        over.set()
        killer.join()

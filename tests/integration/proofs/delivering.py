"""A phone that delivers sealed parts as ADR 0074 says, over a line that loses answers: what it does at each status."""

import contextlib
import hashlib
import http.client
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from alongside.surroundings import HOST
from tests.integration.proofs.killing import PATIENCE
from tests.sealing import Sealer

LATER = {408, 429}
PIECES, TIMES_AT_ONCE = 4, 20
ONE_LOST_IN, BETWEEN_PIECES, AGAIN_AFTER = 8, 0.01, 0.2  # seconds


@dataclass
class Part:
    """What was sealed once, and is sent until a receipt names it; of a photo also the record that comes before it."""

    delivery: str
    what: str
    content: bytes
    sealed: bytes
    before: "Part | None" = None

    @property
    def path(self) -> str:
        return f"/app/deliveries/{self.delivery}/{self.what}/"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def photo(self) -> str:
        """The id of a photo."""
        return self.what.partition("/")[2]

    def is_named(self, receipt: dict[str, Any]) -> bool:
        """Whether the server says that it holds this very part."""
        if self.photo and self.photo not in receipt["photos"]["held"]:
            return False
        return (receipt["id"], receipt["sha256"]) == (self.delivery, self.sha256)


def sealed(seal: Sealer, delivery: str, what: str, content: bytes, *, before: Part | None = None) -> Part:
    """A part, sealed for where it goes."""
    return Part(delivery, what, content, seal(content, f"{delivery}/{what}"), before)


@dataclass
class Phone:
    """One phone with its token; `seen` counts what it met on the way."""

    port: int
    token: str
    draw: random.Random
    seen: Counter[str] = field(default_factory=Counter)

    def deliver(self, part: Part) -> dict[str, Any]:
        """Send a part until a receipt names it. Whatever would leave it on the phone for good fails the proof."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            status, told = self.once(part)
            if status == 409 and part.before is not None:
                self.seen["record first"] += 1
                self.deliver(part.before)
                continue
            if status == 0 or status in LATER or status >= 500:
                self.seen[f"answered {status}"] += status > 0
                time.sleep(AGAIN_AFTER)
                continue
            assert status == 200, (part.what, status, told)
            assert part.is_named(told), (part.what, told)
            self.seen["acknowledged"] += 1
            return told
        raise AssertionError(f"{part.path} was never taken.")

    def deliver_many_times_at_once(self, part: Part) -> None:
        """Twenty lines send the same at one moment; then it is sent until a receipt names it."""
        together = Barrier(TIMES_AT_ONCE)

        def send(_: int) -> tuple[int, Any]:
            together.wait(PATIENCE)
            return self.once(part)

        with ThreadPoolExecutor(TIMES_AT_ONCE) as lines:
            answers = list(lines.map(send, range(TIMES_AT_ONCE)))
        receipts = [told for status, told in answers if status == 200]
        assert {status for status, _ in answers} <= {0, 200, 500, 502, 503, 504}, answers
        self.seen["sent 20 times at once"] += 1
        receipt = self.deliver(part)
        assert all(one == receipt for one in receipts), (receipts, receipt)

    def once(self, part: Part) -> tuple[int, Any]:
        """One try: status and what was told, or 0 where no answer came; some answers the line loses."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Host": f"{HOST}:{self.port}",
            "Authorization": f"Phone {self.token}",
            "Content-Type": "application/octet-stream",
            "Content-Length": str(len(part.sealed)),
        }
        with contextlib.closing(line):
            try:
                line.connect()
            except OSError:
                self.seen["nobody was there"] += 1
                return 0, None
            try:
                line.request("PUT", part.path, _slowly(part.sealed), headers)
                answer = line.getresponse()
                text = answer.read()
            except (OSError, http.client.HTTPException):
                self.seen["cut off while sending or waiting"] += 1
                return 0, None
            if self.draw.randrange(ONE_LOST_IN) == 0:
                self.seen["answers lost by the line"] += 1
                return 0, None
            is_json = answer.headers.get_content_type() == "application/json"
            return answer.status, json.loads(text) if is_json else text.decode()


def _slowly(body: bytes) -> Iterator[bytes]:
    """A body in pieces, as a poor line carries it, so that a kill falls into the middle of one."""
    size = len(body) // PIECES + 1
    for start in range(0, len(body), size):
        yield body[start : start + size]
        time.sleep(BETWEEN_PIECES)

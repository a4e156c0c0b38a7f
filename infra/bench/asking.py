"""Asks one page again and again over kept lines, at so little cost that the server is what is measured.

Each line sends several requests at once and reads as many answers (HTTP pipelining). For times of single answers it
sends one and waits.
"""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

LINES, AT_ONCE = 2, 16


@dataclass
class Asked:
    """What one page answered."""

    port: int
    host: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)

    def request(self) -> bytes:
        said = {"Host": self.host, "Accept-Encoding": "gzip", **self.headers}
        return "\r\n".join([f"GET {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in said.items()), "", ""]).encode()


class Line:
    """One kept line to a server."""

    def __init__(self, asked: Asked) -> None:
        self._request = asked.request()
        self._socket = socket.create_connection(("127.0.0.1", asked.port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.first = self._first()
        self._size = len(self.first)
        self._into = memoryview(bytearray(self._size * AT_ONCE))

    def ask(self, at_once: int) -> None:
        """Send requests and read their answers, which are all as long as the first."""
        self._socket.sendall(self._request * at_once)
        wanted = self._size * at_once
        read = 0
        while read < wanted:
            got = self._socket.recv_into(self._into[read:wanted])
            assert got, "the server closed the line"
            read += got
        # Each answer begins and ends where the first did: none was longer, shorter or another one.
        for start in range(0, wanted, self._size):
            assert self._into[start : start + 12] == self.first[:12], "an answer of another length"
        assert self._into[wanted - 64 : wanted] == self.first[-64:], "another answer"

    def close(self) -> None:
        self._socket.close()

    def _first(self) -> bytes:
        self._socket.sendall(self._request)
        found = b""
        while b"\r\n\r\n" not in found:
            found += self._socket.recv(65536)
        head, _, rest = found.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        (length,) = (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(rest) < length:
            rest += self._socket.recv(65536)
        return head + b"\r\n\r\n" + rest


def rate(asked: Asked, seconds: float, *, at_once: int = AT_ONCE) -> float:
    """Requests a second over all lines."""
    lines = [Line(asked) for _ in range(LINES)]
    until = time.perf_counter() + seconds
    began = time.perf_counter()

    def run(line: Line) -> int:
        done = 0
        while time.perf_counter() < until:
            line.ask(at_once)
            done += at_once
        return done

    with ThreadPoolExecutor(LINES) as pool:
        done = sum(pool.map(run, lines))
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    return done / took


def times(asked: Asked, seconds: float) -> list[float]:
    """How long single answers take, in seconds, over one line."""
    line = Line(asked)
    until = time.perf_counter() + seconds
    took = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        line.ask(1)
        took.append(time.perf_counter() - began)
    line.close()
    return took

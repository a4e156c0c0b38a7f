"""A line as a poor phone has it: so many bits a second for all that comes over it, and a while for each way."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue

from e2e.line import Line

BYTES_A_SECOND, ONE_WAY = 400_000 / 8, 0.2  # 400 kbit/s, and 400 ms there and back
PACKET = 1_460


@dataclass
class SlowLine(Line):
    """All connections share one rate, and each is made in a round trip. `received` is what came to the browser."""

    is_slow: bool = True
    received: int = 0
    _free_at: float = 0.0
    _sharing: threading.Lock = field(default_factory=threading.Lock)

    def _carry(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        on_its_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        threading.Thread(target=_bring, args=(on_its_way, target), daemon=True).start()
        made = time.monotonic() + 2 * ONE_WAY * self.is_slow
        with contextlib.suppress(OSError):
            while piece := source.recv(PACKET):
                arrives = self._arrives(piece, is_asking)
                on_its_way.put((max(arrives, made + ONE_WAY) if is_asking and self.is_slow else arrives, piece))
        on_its_way.put((0.0, b""))
        self._open.discard(source)

    def _arrives(self, piece: bytes, is_asking: bool) -> float:
        now = time.monotonic()
        with self._sharing:
            if not is_asking:
                self.received += len(piece)
            if not self.is_slow:
                return now
            if is_asking:
                return now + ONE_WAY
            self._free_at = max(now, self._free_at) + len(piece) / BYTES_A_SECOND
            return self._free_at + ONE_WAY


def _bring(on_its_way: SimpleQueue[tuple[float, bytes]], target: socket.socket) -> None:
    """What is on its way, each piece at its time; then the end of the connection."""
    with contextlib.suppress(OSError):
        while (next_one := on_its_way.get())[1]:
            time.sleep(max(0.0, next_one[0] - time.monotonic()))
            target.sendall(next_one[1])
    # Whoever waits for something from there is woken by this, and not by closing alone.
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
    target.close()


@contextlib.contextmanager
def slow_line_to(port: int) -> Iterator[SlowLine]:
    """A slow line, to begin with."""
    line = SlowLine(port)
    line.mend()
    try:
        yield line
    finally:
        line.cut()

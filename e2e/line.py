"""The line between a browser and the service: a TCP proxy that a test cuts, mends, or lets lose what comes back."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

REQUEST = re.compile(rb"(?:GET|HEAD|POST|PUT) (\S+) HTTP/1\.1\r\n")
PIECE = 64 * 1024


@dataclass
class Line:
    """One line to a port of this machine. `asked` is every request that went over it, as `PUT /app/…`."""

    to: int
    port: int = 0
    asked: list[str] = field(default_factory=list)
    loses_replies: bool = False
    # What is put in the place of other bytes, of the same length, in what comes back.
    instead: dict[bytes, bytes] = field(default_factory=dict)
    # What is asked with these bytes in it arrives only once `goes` is set.
    held: bytes = b""
    goes: threading.Event = field(default_factory=threading.Event)
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)

    def mend(self) -> None:
        """Let connections through, from now on."""
        self.goes.set()
        self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Break every connection and let none through."""
        if self._listener:
            # Whoever waits in `accept` is woken by this, and not by closing alone.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in list(self._open):
            _end(one)

    @contextlib.contextmanager
    def losing_replies(self) -> Iterator[None]:
        """What is asked arrives, and what is answered does not."""
        self.loses_replies = True
        try:
            yield
        finally:
            self.loses_replies = False

    @contextlib.contextmanager
    def hanging(self, path: str = "") -> Iterator[None]:
        """What is asked (of one path) gets no answer, and no line breaks."""
        self.held = path.encode()
        self.goes.clear()
        try:
            yield
        finally:
            self.goes.set()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        try:
            while piece := source.recv(PIECE):
                if is_asking:
                    if self.held in piece:
                        self.goes.wait()
                    self.asked += [found[0].decode().removesuffix(" HTTP/1.1\r\n") for found in REQUEST.finditer(piece)]
                elif self.loses_replies:
                    break
                for old, new in self.instead.items():
                    piece = piece if is_asking else piece.replace(old, new)
                target.sendall(piece)
        except OSError:
            pass
        for one in (source, target):
            _end(one)
            self._open.discard(one)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line that lets everything through, to begin with."""
    line = Line(port)
    line.mend()
    try:
        yield line
    finally:
        line.cut()

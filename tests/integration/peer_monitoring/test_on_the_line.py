"""The real server on a real line: what lies about its length, what never ends, and what comes slowly."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from peer_monitoring.models import Record
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group, settled
from tests.factories.phones import made_ready, record_of
from tests.factories.questions import published
from tests.integration.alongside.starting import eventually
from tests.integration.proofs.two_servers import STARTS_WITHIN, Server
from tests.sealing import sealer

HOST = "alongside.localhost:8000"
SECONDS = 30


class Line:
    """One request over a socket, as slowly and as wrongly as somebody likes."""

    def __init__(self, port, head, body=b""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self.socket.sendall(head.encode() + b"\r\n\r\n" + body)

    def answer(self, more=b"", *, breaks=False):
        """The status, and the sentence or receipt that came with it."""
        if more:
            self.socket.sendall(more)
        if breaks:
            self.socket.shutdown(socket.SHUT_WR)
        came = b""
        while piece := self.socket.recv(65536):
            came += piece
        self.socket.close()
        head, _, body = came.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)


@pytest.fixture
def server(as_web):
    one = Server(connection.settings_dict["NAME"])
    try:
        assert eventually(lambda: one.answers(HOST), within=STARTS_WITHIN)
        yield one
    finally:
        one.end()


def test_what_lies_about_its_length_is_refused_and_slow_phones_keep_nobody_from_their_pages(server):
    ready = ready_group(Scheme.objects.get(slug="ashmere"), "Voices")
    told, token = record_of(settled(ready, version=published(ready.group))), made_ready(ready.monitors[0])[1]
    sealed = sealer()(json.dumps(told).encode(), f"{told['id']}/record")

    def line(length, body=b"", kind="application/octet-stream"):
        head = [f"PUT /app/deliveries/{told['id']}/record/ HTTP/1.1", f"Host: {HOST}", "Connection: close"]
        head += [f"Authorization: Phone {token}", f"Content-Type: {kind}", *length]
        return Line(server.port, "\r\n".join(head), body)

    many = (
        b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(10_001)) + b"--x--\r\n"
    )
    chunked, chunk = "Transfer-Encoding: chunked", b"5\r\nALS1a\r\n"
    for status, one in (
        (411, line([chunked], chunk)),
        (411, line(["Content-Length: 5", chunked], chunk)),
        (411, line([])),
        (413, line(["Content-Length: 99999999"], sealed)),
        (413, line(["Content-Length: 3000000"], b"x" * 3_000_000)),
        (415, line([f"Content-Length: {len(many)}"], many, kind="multipart/form-data; boundary=x")),
    ):
        found, said = one.answer()
        assert (found, said["sentence"].endswith((".", "again."))) == (status, True)
    assert line([f"Content-Length: {len(sealed)}"], sealed[:-1]).answer(breaks=True)[0] == 408
    assert not Record.objects.exists()

    slow = [line([f"Content-Length: {len(sealed)}"], sealed[:50]) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(one.answer) for one in slow]
        # Two are read from, all others are told to come again: threads are left for whoever asks for a page.
        assert eventually(lambda: sum(one.done() for one in answers) == 4, within=SECONDS)
        assert server.ask(HOST, "/sign-in/").status == 200
        assert not Record.objects.exists()
        for one in slow:
            with_rest = one.socket.fileno() != -1
            if with_rest:
                one.socket.sendall(sealed[50:])
        found = sorted(one.result()[0] for one in answers)
    assert found == [200, 200, 503, 503, 503, 503]
    assert line([f"Content-Length: {len(sealed)}"], sealed + b"more").answer()[0] == 200
    assert Record.objects.count() == 1

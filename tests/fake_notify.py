"""A small GOV.UK Notify on this machine: what it checks is what the real one checks, and it fails when told to."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"trying-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
TEXT_TEMPLATE = "f6895ff7-86e0-4d38-80ab-c9525856c3ff"
KINDS = {"/v2/notifications/email": ("email_address", EMAIL_TEMPLATE, {"subject", "words"}),
         "/v2/notifications/sms": ("phone_number", TEXT_TEMPLATE, {"words"})}  # fmt: skip
LONGEST_TEXT = 918
LOOKS_RIGHT = {"email_address": r"[^@\s]+@[^@\s]+\.[^@\s]+", "phone_number": r"\+447\d{9}"}

AT_ONCE = 0.01  # seconds within which it notices that it is to stop


@dataclass
class FakeNotify:
    """What was sent through it, and how it should behave from now on."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    bounces: set[str] = field(default_factory=set)  # taken, and refused later by whoever holds the address
    broken: bool = False  # answers nothing but that it failed
    swallows: int = 0  # so many messages are taken, and the line is cut before the answer
    slow: float = 0  # seconds
    stalled: threading.Event = field(default_factory=threading.Event)  # set: a message is being held up
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which everything goes through it."""
        return {"NOTIFY_KEY": KEY, "NOTIFY_URL": self.url, "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
                "NOTIFY_TEXT_TEMPLATE": TEXT_TEMPLATE}  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """The same for a process."""
        return {f"ALONGSIDE_{name}": value for name, value in self.settings.items()}

    def to(self, address: str) -> list[dict[str, Any]]:
        return [one for one in self.sent if one["to"] == address]

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send one message, if everything about it is right."""
        name, template, wanted = KINDS[path]
        to = str(body.get(name, ""))
        if not re.fullmatch(LOOKS_RIGHT[name], to):
            return 400, _error("ValidationError", f"{name} Not a valid {name.replace('_', ' ')}")
        if body.get("template_id") != template:
            return 400, _error("BadRequestError", "Template not found")
        missing = wanted - set(body.get("personalisation", {}))
        if missing:
            return 400, _error("BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        if name == "phone_number" and len(body["personalisation"]["words"]) > LONGEST_TEXT:
            return 400, _error("BadRequestError", f"Content has a character count greater than {LONGEST_TEXT}")
        if not re.fullmatch(r"[0-9a-f]{40}", str(body.get("reference", ""))):
            return 400, _error("ValidationError", "reference is not one of ours")
        status = "permanent-failure" if to in self.bounces else "delivered"
        one = {"id": str(uuid4()), "reference": body["reference"], "to": to, "status": status, "at": time.monotonic(),
               "body": body["personalisation"]["words"], "subject": body["personalisation"].get("subject")}  # fmt: skip
        with self.lock:
            self.sent.append(one)
        return 201, {"id": one["id"], "reference": one["reference"]}

    def found(self, reference: str) -> list[dict[str, Any]]:
        """What is known by a reference, the newest first."""
        with self.lock:
            return [one for one in reversed(self.sent) if one["reference"] == reference]


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"errors": [{"error": kind, "message": message}]}


def _handler(notify: FakeNotify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self._is_let_in():
                reference = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
                self._answer(200, {"notifications": notify.found(reference), "links": {}})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self._is_let_in():
                return
            answer = notify.take(self.path, body)
            if answer[0] == 201 and notify.swallows:
                notify.swallows -= 1
                self.connection.close()
                return
            if notify.slow:
                notify.stalled.set()
                time.sleep(notify.slow)
            self._answer(*answer)

        def _is_let_in(self) -> bool:
            if notify.broken:
                self._answer(500, _error("Exception", "Internal server error"))
                return False
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            try:
                right = get_token_issuer(token) == SERVICE and decode_jwt_token(token, SECRET)
            except TokenError:
                right = False
            if not right:
                self._answer(403, _error("AuthError", "Invalid token: API key not found"))
            return bool(right)

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            said = json.dumps(content).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked was killed meanwhile

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written."""

    return Handler


@contextmanager
def running() -> Iterator[FakeNotify]:
    """Serve on a port of this machine until it is over."""
    notify = FakeNotify()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(notify))
    server.daemon_threads = True
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=partial(server.serve_forever, AT_ONCE))
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""A small OpenID Connect provider on this machine: it checks what a real one checks, and lies when told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from alongside.settings.work import work_provider

CLIENT, SECRET = "alongside", "a secret of the provider & us"
OURS, FORGED = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))

AT_ONCE = 0.01  # seconds within which it notices that it is to stop


@dataclass
class FakeWorkProvider:
    """Who signs in at it, and what is wrong with what it says."""

    back: str  # the one address to which it sends people
    person: dict[str, Any] = field(default_factory=dict)
    signs_with: Any = OURS
    says: dict[str, Any] = field(default_factory=dict)  # in place of what would be right
    says_of_itself: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)  # what the last sign-in asked for
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    url: str = ""

    def providers(self, *, acr: str = "") -> dict[str, Any]:
        """The setting by which everybody comes here."""
        return work_provider(issuer=self.url, client=CLIENT, secret=SECRET, name="your NHS account", acr=acr)

    def sign_in(self, address: str) -> str:
        """Somebody opens the address that we send them to, and says yes; where they are sent back to."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.url}/authorize"
        asked = self.asked = dict(parse_qsl(parts.query))
        assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, self.back)
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert "openid" in asked["scope"].split()
        assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 16
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def discovery(self) -> dict[str, Any]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            **{f"{name}_endpoint": f"{self.url}/{path}" for name, path in names.items()},
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.says_of_itself

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
        return {"keys": [key | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Give out a token for a code, once, to whoever holds the secret and the word behind the challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        holds = asked and all((
            form.get("grant_type") == "authorization_code",
            form.get("client_id") == CLIENT,
            form.get("client_secret") == SECRET,
            form.get("redirect_uri") == asked["redirect_uri"],
            base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"],
        ))  # fmt: skip
        if not asked or not holds:
            self.problems.append("a token was asked for wrongly")
            return None
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        signed = jwt.encode(said | self.person | self.says, self.signs_with, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "of the person", "token_type": "Bearer", "id_token": signed}

    def answer(self, method: str, path: str, form: dict[str, str], bearer: str) -> tuple[int, dict[str, Any]]:
        if (method, path) == ("POST", "/token"):
            given = self.token(form)
            return (200, given) if given else (400, {"error": "invalid_grant"})
        if path == "/userinfo" and bearer != "Bearer of the person":
            return 401, {"error": "invalid_token"}
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": self.keys,
            "/userinfo": lambda: self.person,
        }
        return (200, pages[path]()) if method == "GET" and path in pages else (404, {})


@contextmanager
def running(back: str) -> Iterator[FakeWorkProvider]:
    """A provider that runs meanwhile."""
    provider = FakeWorkProvider(back)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer("POST", {name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, method: str, form: dict[str, str]) -> None:
            status, said = provider.answer(method, self.path, form, self.headers.get("Authorization", ""))
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=partial(server.serve_forever, AT_ONCE), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()

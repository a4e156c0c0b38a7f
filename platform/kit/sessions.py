"""Sessions whose table tells nobody anything: each is encrypted with a key made from the secret key (ADR 0015).

A session holds the code a sign-in waits for, and what somebody had typed when their sign-in had ended.
"""

import base64
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils.crypto import salted_hmac


class SessionStore(db.SessionStore):
    """Django's own store; what stands in the row is encrypted, and a lost database is called that."""

    def save(self, must_create: bool = False) -> None:
        """Save it; where the database is lost meanwhile, say that, and not that what was sent could not be read."""
        try:
            super().save(must_create)
        except UpdateError as error:
            # Django takes any fault of an update for a session that was deleted, and answers 400.
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise

    def encode(self, session_dict: dict[str, Any]) -> str:
        return _keys().encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            signed = _keys().decrypt(session_data).decode()
        except InvalidToken:
            # Written with a key that is gone, or not by us: nobody is signed in by it.
            return {}
        return super().decode(signed)


def read(session: Session) -> dict[str, Any]:
    """What a row holds; the row's own `get_decoded` knows only Django's store."""
    return SessionStore().decode(session.session_data)


def _keys() -> MultiFernet:
    """The key of now first, which writes; then those before it, which may still be read with."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac("kit.sessions", "key", secret=secret, algorithm="sha256").digest())

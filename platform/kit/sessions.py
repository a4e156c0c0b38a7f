"""Sessions whose table tells nobody anything: each is encrypted with a key made from the secret key (ADR 0015).

A session holds the code a sign-in waits for, and what somebody had typed when their sign-in had ended.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError

from kit import secrecy

PURPOSE = "kit.sessions"


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
        return secrecy.encrypt(super().encode(session_dict), purpose=PURPOSE)

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            signed = secrecy.decrypt(session_data, purpose=PURPOSE)
        except secrecy.Unreadable:
            # Written with a key that is gone, or not by us: nobody is signed in by it.
            return {}
        return super().decode(signed)


def read(session: Session) -> dict[str, Any]:
    """What a row holds; the row's own `get_decoded` knows only Django's store."""
    return SessionStore().decode(session.session_data)

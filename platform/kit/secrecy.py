"""Text that stands encrypted in the database, under keys made from the secret key: one for each purpose (ADR 0015)."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(ValueError):
    """Text that was encrypted with a key that is gone, for another purpose, or not by us."""


def encrypt(text: str, *, purpose: str) -> str:
    """The text as it may stand in a row."""
    return _keys(purpose).encrypt(text.encode()).decode()


def decrypt(encrypted: str | bytes, *, purpose: str) -> str:
    """The text again; raises `Unreadable`."""
    try:
        return _keys(purpose).decrypt(encrypted).decode()
    except InvalidToken as error:
        raise Unreadable("This was not encrypted here.") from error


def _keys(purpose: str) -> MultiFernet:
    """The key of now first, which writes; then those before it, which may still be read with."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(purpose, secret)) for secret in secrets])


def _key(purpose: str, secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(purpose, "key", secret=secret, algorithm="sha256").digest())

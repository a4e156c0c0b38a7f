"""Secrets that stand in a link: 256 random bits, of which only the fingerprint is stored."""

import base64
import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A secret of 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def token_for(key: UUID) -> str:
    """The one secret of this key, as long as the secret key of this installation stands; stored nowhere."""
    digest = salted_hmac("kit.tokens.for", key.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def fingerprint(token: str) -> str:
    """What is stored instead of the token. It needs no key: nobody can try 2²⁵⁶ tokens."""
    return hashlib.sha256(token.encode()).hexdigest()

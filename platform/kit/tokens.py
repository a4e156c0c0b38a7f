"""Secrets that stand in a link: 256 random bits, of which only the fingerprint is stored."""

import hashlib
import secrets


def new_token() -> str:
    """A secret of 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored instead of the token. It needs no key: nobody can try 2²⁵⁶ tokens."""
    return hashlib.sha256(token.encode()).hexdigest()

"""What a phone sealed is opened: one part, bound to the address that it was sent to (ADR 0074).

`ALS1`, the first eight bytes of the SHA-256 of the public key, two bytes with the length of the wrapped key, the
wrapped key (RSA-OAEP, SHA-256), twelve bytes of nonce, and AES-256-GCM's text and tag: WebCrypto makes just this.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key

from peer_monitoring import keys
from peer_monitoring.errors import NotOpened

MARK = b"ALS1"
NONCE, TAG, KEY = 12, 16, 32
# What sealing adds to the text, at most.
ROUND_IT = 64 * 1024
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)

NOT_SEALED = "This is nothing that the app has sealed. Open the app again and send it once more."
_KEEP_IT = "Keep this phone as it is and tell whoever leads your group."
NO_KEY = f"This was sealed for another service, or for a key that is gone. {_KEEP_IT}"
CHANGED = f"This was changed or cut on its way here. {_KEEP_IT}"


def address(delivery_id: UUID, what: str) -> str:
    """The address of a part: moved to another one, it does not open."""
    return f"{delivery_id}/{what}"


def sealed_anew(text: bytes, *, at: str) -> bytes:
    """The same as a phone seals it, with the newest key: for what moves to another address."""
    public, key, nonce = keys.public_key(), os.urandom(KEY), os.urandom(NONCE)
    for_it = load_der_public_key(public.spki)
    assert isinstance(for_it, RSAPublicKey)
    wrapped = for_it.encrypt(key, OAEP)
    head = MARK + bytes.fromhex(public.name) + len(wrapped).to_bytes(2, "big") + wrapped + nonce
    return head + AESGCM(key).encrypt(nonce, text, at.encode())


def opened(sealed: bytes, *, at: str) -> bytes:
    """What was sealed. Raises `NotOpened`, in words that say what to do."""
    mark, sealed = sealed[: len(MARK)], sealed[len(MARK) :]
    if mark != MARK:
        raise NotOpened(NOT_SEALED)
    name, sealed = sealed[: keys.NAME_BYTES], sealed[keys.NAME_BYTES :]
    length, sealed = int.from_bytes(sealed[:2], "big"), sealed[2:]
    wrapped, nonce, text = sealed[:length], sealed[length : length + NONCE], sealed[length + NONCE :]
    private = keys.private_key(name.hex())
    if private is None:
        raise NotOpened(NO_KEY)
    try:
        key = private.decrypt(wrapped, OAEP)
        if len(key) != KEY or len(text) < TAG:
            raise NotOpened(CHANGED)
        return AESGCM(key).decrypt(nonce, text, at.encode())
    except (ValueError, InvalidTag) as wrong:
        raise NotOpened(CHANGED) from wrong

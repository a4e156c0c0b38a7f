"""Sealing as the app on a phone does it (ADR 0074), with the parameters of WebCrypto."""

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key

from peer_monitoring import keys
from peer_monitoring.sealing import MARK, OAEP


@dataclass
class Sealer:
    """Seals for one public key of the service; what a test changes is changed here."""

    name: bytes
    public: RSAPublicKey
    nonce_length: int = 12
    key_length: int = 32

    def __call__(self, text: bytes, address: str) -> bytes:
        key, nonce = os.urandom(self.key_length), os.urandom(self.nonce_length)
        wrapped = self.public.encrypt(key, OAEP)
        head = MARK + self.name + len(wrapped).to_bytes(2, "big") + wrapped + nonce
        return head + AESGCM(key).encrypt(nonce, text, address.encode())


def sealer(public: keys.PublicKey | None = None, **more: int) -> Sealer:
    """For the key that is handed out now, or for another."""
    given = public or keys.public_key()
    loaded = load_der_public_key(given.spki)
    assert isinstance(loaded, RSAPublicKey)
    return Sealer(bytes.fromhex(given.name), loaded, **more)

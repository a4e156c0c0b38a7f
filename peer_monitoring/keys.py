"""The keys for which phones seal what they send: public ones for phones, private ones in `secrets/phones/` (ADR 0074).

Each stands in a file of its own, named by its public key. The newest is handed out, and all of them open, so that what
was sealed long ago still arrives.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

BITS, EXPONENT = 3072, 65537
NAME_BYTES = 8


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a phone seals for: the name by which the private half is found, and the key itself (SPKI)."""

    name: str
    spki: bytes


def public_key() -> PublicKey:
    """The newest key; the first one is made when it is first asked for."""
    files = sorted(_folder().glob("*.pem"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    return _public(_read(files[-1])) if files else make()


def private_key(name: str) -> rsa.RSAPrivateKey | None:
    """The private half of a key by its name, or none where there is no such key here."""
    file = _folder() / f"{name}.pem"
    return _read(file) if file.exists() else None


def make() -> PublicKey:
    """A new key, handed out from now on. It lies on the disk before any phone seals for it."""
    private = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    public = _public(private)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / f"{public.name}.pem", private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return public


def _folder() -> Path:
    folder: Path = settings.DATA_FOLDER / "secrets" / "phones"
    return folder


def _public(private: rsa.RSAPrivateKey) -> PublicKey:
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(hashlib.sha256(spki).digest()[:NAME_BYTES].hex(), spki)


def _read(file: Path) -> rsa.RSAPrivateKey:
    return _loaded(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _loaded(file: Path, changed: int) -> rsa.RSAPrivateKey:
    private = load_pem_private_key(file.read_bytes(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private


def _write(file: Path, content: bytes) -> None:
    """All of it or none, for its owner alone, and on the disk: a queue sealed for a lost key is worth nothing."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

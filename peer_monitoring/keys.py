"""The keys for which phones seal what they send: public ones for phones, private ones in `secrets/phones/` (ADR 0074).

Each stands in a file of its own, `<number>-<name>.pem`: the name is that of its public key, and the highest number is
the newest, also in a copy. The newest is handed out, and all of them open, so that what was sealed long ago arrives.
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

from kit.errors import Refused

BITS, EXPONENT = 3072, 65537
NAME_BYTES = 8
FOLDER = "phones"

UNREADABLE = (
    "The key in {file} cannot be read, and what phones locked for it cannot be opened. Bring it back from a backup, as "
    "a file that Alongside may read. If it is gone for good, move the file to another folder. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a phone seals for: the name by which the private half is found, and the key itself (SPKI)."""

    name: str
    spki: bytes


def public_key() -> PublicKey:
    """The newest key; the first one is made when it is first asked for."""
    files = files_in(folder())
    return _public(_read(files[-1])) if files else make()


def private_key(name: str) -> rsa.RSAPrivateKey | None:
    """The private half of a key by its name, or none where there is no such key here."""
    file = next((one for one in files_in(folder()) if name_of(one) == name), None)
    return _read(file) if file else None


def make() -> PublicKey:
    """A new key, handed out from now on. It lies on the disk before any phone seals for it."""
    private = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    public = _public(private)
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = max(map(number_of, files_in(place)), default=0) + 1
    file = place / f"{number:04}-{public.name}.pem"
    _write(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return public


def folder() -> Path:
    """Where the private keys stand; it belongs to every backup."""
    return Path(settings.DATA_FOLDER) / "secrets" / FOLDER


def files_in(folder: Path) -> list[Path]:
    """Every key, the newest last."""
    return sorted(folder.glob("*.pem"), key=lambda file: (number_of(file), name_of(file)))


def name_of(file: Path) -> str:
    """The name of the public key of a file."""
    return file.stem.rpartition("-")[2]


def number_of(file: Path) -> int:
    """The place of a key among all; what was made before they had numbers is older than any that has one."""
    number = file.stem.rpartition("-")[0]
    return int(number) if number.isdecimal() else 0


def refuse_unreadable(file: Path) -> None:
    """Raises `Refused` where a file holds no key, or another one than its name says."""
    try:
        is_it = _public(_load(file)).name == name_of(file)
    except (OSError, ValueError, TypeError, AssertionError) as wrong:
        raise Refused(UNREADABLE.format(file=file)) from wrong
    if not is_it:
        raise Refused(UNREADABLE.format(file=file))


def _public(private: rsa.RSAPrivateKey) -> PublicKey:
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(hashlib.sha256(spki).digest()[:NAME_BYTES].hex(), spki)


def _read(file: Path) -> rsa.RSAPrivateKey:
    return _loaded(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _loaded(file: Path, changed: int) -> rsa.RSAPrivateKey:
    return _load(file)


def _load(file: Path) -> rsa.RSAPrivateKey:
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

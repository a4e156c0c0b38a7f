"""The data folder: everything one Alongside keeps, and what it refuses to open."""

import contextlib
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import Refused

MODES = ("demonstration", "test", "production")
VERSION = 1  # of the folder's own shape; raised when an older Alongside could no longer read it
POSTGRES_VERSION = 18
ROOM_NEEDED = 300 * 1024 * 1024  # bytes: an empty database, four schemes and their logs


@dataclass(frozen=True)
class DataFolder:
    """Where things stand inside a data folder."""

    path: Path

    @classmethod
    def at(cls, path: Path | str) -> "DataFolder":
        return cls(Path(path).expanduser().resolve())

    @property
    def database(self) -> Path:
        return self.path / "db"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    def prepare(self) -> None:
        """Make the folder if it is not there; refuse one that this version cannot read."""
        self._refuse_newer()
        with plain_disk_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            for folder in (self.logs, self.secrets, self.path / "mail", self.path / "media"):
                folder.mkdir(exist_ok=True)
                # Others may have an account on the same machine.
                folder.chmod(0o700)
            if not (self.path / "version").exists():
                write_whole(self.path / "version", f"{VERSION}\n")

    def mode(self, asked: str | None) -> str:
        """What this data is for, said once; another mode is refused, so that no demonstration moves into real data."""
        if asked and asked not in MODES:
            raise Refused(f"ALONGSIDE_MODE is {asked}. It must be one of {', '.join(MODES)}.")
        file = self.path / "mode"
        if not file.exists():
            with plain_disk_errors(self.path):
                # Of data that is there, what it is for does not hang on who asks first.
                said = None if (self.path / "prepared").exists() else asked
                write_whole(file, f"{said or self._unsaid_mode()}\n")
        kept = file.read_text().strip()
        if asked and asked != kept:
            raise Refused(
                f"The data in {self.path} is kept for {kept}, and ALONGSIDE_MODE says {asked}. Nothing in it was "
                "changed. Take ALONGSIDE_MODE away, or name another folder with --data."
            )
        return kept

    def secret(self, name: str) -> str:
        """A random secret, made the first time it is asked for and readable only by its owner."""
        file = self.secrets / name
        if not file.exists():
            with plain_disk_errors(self.path):
                write_whole(file, secrets.token_urlsafe(48), mode=0o600)
        return file.read_text().strip()

    def refuse_without_room(self) -> None:
        """Refuse before anything is half made when the disk is nearly full."""
        if shutil.disk_usage(self.path).free < ROOM_NEEDED:
            raise Refused(no_room(self.path))

    def _unsaid_mode(self) -> str:
        # Prepared before modes were kept: each demonstration has a list of its people.
        real = (self.path / "prepared").exists() and not (self.path / "demonstration.json").exists()
        return "production" if real else "demonstration"

    def _refuse_newer(self) -> None:
        ours = _number_in(self.path / "version")
        postgres = _number_in(self.database / "PG_VERSION")
        if (ours or 0) > VERSION or (postgres or 0) > POSTGRES_VERSION:
            raise Refused(
                f"The data in {self.path} was written by a newer version of Alongside. Nothing in it was changed. "
                "Start the newer version, or name another folder with --data."
            )
        if postgres is not None and postgres < POSTGRES_VERSION:
            raise Refused(
                f"The data in {self.path} was written by PostgreSQL {postgres}; this version of Alongside reads "
                f"PostgreSQL {POSTGRES_VERSION}. Nothing in it was changed. Name another folder with --data."
            )


def write_whole(file: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash, sees all of it or none."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def no_room(path: Path) -> str:
    """What is said when the disk is full."""
    return (
        f"There is not enough space on the disk that holds {path}. Free {ROOM_NEEDED // 1024 // 1024} MB, or name a "
        "folder on another disk with --data, and start again. What was stored before is still there."
    )


@contextlib.contextmanager
def plain_disk_errors(path: Path) -> Iterator[None]:
    """Say in plain words what the file system refused."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(no_room(path)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Refused(
                f"Alongside may not write in {path}. Name a folder of your own with --data, and start again."
            ) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise Refused(f"{path} cannot be a data folder: a file stands there. Name a folder with --data.") from error
        raise


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold a lock file for the time of a block, waiting for whoever holds it now."""
    with file.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _number_in(file: Path) -> int | None:
    try:
        return int(file.read_text().split(".")[0])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        raise Refused(f"{file} should hold a version number and does not. Name another folder with --data.") from None

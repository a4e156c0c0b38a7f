"""The only place that reads the time, so that a test or a demonstration can move it for every process at once.

`settings.CLOCK_FILE` names a file that holds `{"moment": …, "set_at": …}`: at `set_at` by the machine's clock it was
`moment` here, and time runs on from there. With `"frozen": true` it stands still. No file means the machine's own
time. Production sets `CLOCK_FILE` to None and cannot be moved.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from kit.errors import Refused

LONDON = ZoneInfo("Europe/London")


class BrokenClock(RuntimeError):
    """The clock file is there but does not say a time."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the clock file says: a time to stand at, or a distance from the machine's own time."""

    stands_at: datetime | None
    ahead_by: timedelta


# One process needs to read the file only when it has changed. The inode is part of the key because two settings of
# equal length can be written within one tick of the file system's clock.
_remembered: dict[Path, tuple[tuple[int, int, int], _Setting]] = {}


def now() -> datetime:
    """The present moment, aware, in UTC."""
    machine = datetime.now(UTC)
    path: Path | None = settings.CLOCK_FILE
    if path is None:
        return machine
    setting = _setting(path)
    if setting is None:
        return machine
    return setting.stands_at or machine + setting.ahead_by


def today() -> date:
    """The day it is in London."""
    return now().astimezone(LONDON).date()


def shows() -> object:
    """Another value whenever it is another day, or the clock was moved: what stood by the time may not stand now."""
    path: Path | None = settings.CLOCK_FILE
    return today(), _setting(path) if path else None


def machine_now() -> datetime:
    """The machine's own time, wherever the clock stands: for sessions and the cache alone, which Django ends by it."""
    return datetime.now(UTC)


def set_to(moment: datetime | None, *, frozen: bool = False) -> None:
    """Move the time of every process to a moment, from which it runs on unless frozen; None means the real time."""
    path: Path | None = settings.CLOCK_FILE
    if path is None:
        raise Refused("The clock can be moved only in a demonstration or a test.")
    if moment is None:
        path.unlink(missing_ok=True)
        return
    if moment.tzinfo is None:
        raise Refused("Give the moment with its time zone, for example 2027-05-04T09:00:00+01:00.")
    words = {"moment": moment.isoformat(), "set_at": datetime.now(UTC).isoformat(), "frozen": frozen}
    # Another process may be reading: it must find the old file or the new one, never half of one.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(words), encoding="utf-8")
    draft.replace(path)


def _setting(path: Path) -> _Setting | None:
    try:
        found = os.stat(path)  # noqa: PTH116 (this runs many times in a request, and Path.stat costs more)
        key = (found.st_mtime_ns, found.st_size, found.st_ino)
        remembered = _remembered.get(path)
        if remembered is None or remembered[0] != key:
            remembered = _remembered[path] = (key, _read(path))
        return remembered[1]
    except FileNotFoundError:
        return None


def _read(path: Path) -> _Setting:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(words["moment"]).astimezone(UTC)
        if words.get("frozen"):
            return _Setting(moment, timedelta())
        return _Setting(None, moment - datetime.fromisoformat(words["set_at"]).astimezone(UTC))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenClock(
            f"The clock file {path} does not say a time. Remove it to go back to the real time."
        ) from error

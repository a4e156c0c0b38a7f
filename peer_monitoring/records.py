"""A record as it travels: JSON that names itself, its visit and its version, with the answers (ADR 0072)."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from peer_monitoring.errors import NotARecord
from peer_monitoring.models import Record
from peer_monitoring.models.records import OF_A_CLOCK

MOST_BYTES = 2 * 1024 * 1024
MOST_PHOTOS = 50
MOST_REASON = 500
SHA256 = re.compile(r"[0-9a-f]{64}")
# The place of a question, as `questions.answering.Place.key` writes it.
KEY = re.compile(r"[\w.-]{1,120}", re.ASCII)
NO_RECORD = "This is no record of a visit. Open the visit again and send it from there."
TOO_BIG = "This record is bigger than 2 MB. Shorten what is written in it and send it again."
TOO_MANY_PHOTOS = f"A record has {MOST_PHOTOS} photos at most. Take some out and send it again."


@dataclass(frozen=True, slots=True)
class PhotoNamed:
    """A photo that belongs to a record: its id, the SHA-256 of its bytes, and the place of its question."""

    id: UUID
    sha256: str
    key: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why somebody sends what they have without finishing it, in words of their own too if they like."""

    kind: Record.Unfinished
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the bytes say."""

    instance_id: UUID
    visit_id: UUID
    version_id: UUID
    supersedes_id: UUID | None
    began_at: datetime | None
    finished_at: datetime | None
    answers: dict[str, Any]
    photos: tuple[PhotoNamed, ...] = ()
    stopped: Stopped | None = None
    # The SHA-256 of the draft on the server that a phone took back to make this of it.
    after: str = ""

    @property
    def says_called_off(self) -> bool:
        """Whether it was not finished because the visit was called off."""
        return self.stopped is not None and self.stopped.kind == Record.Unfinished.CALLED_OFF

    @property
    def says(self) -> tuple[Any, ...]:
        """What somebody says with it, whenever and on whichever phone they finished it."""
        photos = {(one.sha256, one.key) for one in self.photos}
        return self.version_id, self.supersedes_id, self.answers, photos, self.stopped


def written(sent: Sent) -> bytes:
    """The bytes of a record; the same record is always the same bytes."""
    told: dict[str, Any] = {
        "id": str(sent.instance_id),
        "visit": str(sent.visit_id),
        "version": str(sent.version_id),
        "supersedes": str(sent.supersedes_id) if sent.supersedes_id else None,
        "began_at": sent.began_at.isoformat() if sent.began_at else None,
        "finished_at": sent.finished_at.isoformat() if sent.finished_at else None,
        "answers": sent.answers,
    }
    if sent.photos:
        told["photos"] = [{"id": str(one.id), "sha256": one.sha256, "key": one.key} for one in sent.photos]
    if sent.stopped:
        told["unfinished"] = {"kind": sent.stopped.kind.value, "why": sent.stopped.why}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(body: bytes) -> Sent:
    """What the bytes say. Raises `NotARecord`, in words that say what to do."""
    if len(body) > MOST_BYTES:
        raise NotARecord(TOO_BIG)
    try:
        told = json.loads(body)
        return Sent(
            instance_id=UUID(told["id"]),
            visit_id=UUID(told["visit"]),
            version_id=UUID(told["version"]),
            supersedes_id=UUID(told["supersedes"]) if told.get("supersedes") else None,
            began_at=moment_of(told.get("began_at")),
            finished_at=moment_of(told.get("finished_at")),
            answers=_answers(told.get("answers")),
            photos=photos_of(told),
            stopped=_stopped(told.get("unfinished")),
            after=after_of(told),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NotARecord(NO_RECORD) from wrong


def sha256(body: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(body).hexdigest()


def photos_of(told: Any) -> tuple[PhotoNamed, ...]:
    """The photos that a record, or a draft, names: each once."""
    named = told.get("photos")
    if named is None:
        return ()
    if not isinstance(named, list):
        raise TypeError("photos are a list")
    if len(named) > MOST_PHOTOS:
        raise NotARecord(TOO_MANY_PHOTOS)
    photos = tuple(PhotoNamed(UUID(one["id"]), _fits(SHA256, one["sha256"]), _fits(KEY, one["key"])) for one in named)
    if len({one.id for one in photos}) < len(photos):
        raise ValueError("two photos have one id")
    return photos


def after_of(told: Any) -> str:
    """Which draft of those that were sealed at signing out this was made of; nothing where it came of none."""
    return _fits(SHA256, told["after"]) if told.get("after") else ""


def _fits(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError("no name of ours")
    return text


def moment_of(text: Any) -> datetime | None:
    """A moment as a phone writes it, with how far it is from Greenwich; nothing where no clock says it."""
    moment = datetime.fromisoformat(text) if text else None
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment says how far it is from Greenwich")
    first, last = OF_A_CLOCK
    return moment if first <= moment <= last else None


def _stopped(told: Any) -> Stopped | None:
    """Why it is not finished; what only a later app says is something else."""
    if told is None:
        return None
    if not isinstance(told, dict):
        raise TypeError("why it is not finished is said by kind")
    kind, why = told.get("kind"), cleaned(told.get("why") or "")
    known = Record.Unfinished(kind) if kind in Record.Unfinished.values else Record.Unfinished.OTHER
    return Stopped(known, str(why).strip()[:MOST_REASON])


def _answers(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise TypeError("answers are named")
    found: dict[str, Any] = cleaned(given)
    return found


def cleaned(value: Any) -> Any:
    """The same without what the database cannot hold in a text: NUL, and half of a letter."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(one) for key, one in value.items()}
    return value

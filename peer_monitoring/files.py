"""What was received of a visit, as a file: a table for an office program, or everything as it was sent.

Each line, and each record, says of which visit it is, so that files of several visits can be laid together.
Both hold what was replaced too, say of each record whether it counts, and of each photo that it names whether it came.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.text import slugify

from kit import clock, exports
from kit.exports import Cell, FileKind
from peer_monitoring.comparing import Row, Said
from peer_monitoring.models import Attachment, Visit
from peer_monitoring.written import Side, SideBySide, Writer, sides

HEAD = (
    "Group", "Scheme", "Place", "Day", "Time",
    "Who wrote it", "Came on", "Counts", "Finished", "Why not", "Version", "Section", "Round", "Question", "Name",
    "Value", "Answer", "What is wrong with it", "Photo", "Has the photo come",
)  # fmt: skip
OTHER = "Other photos"
State = Attachment.State
HAS_COME = {
    State.MISSING: "No, it is missing", State.UNREADABLE: "Yes, but it cannot be read", State.WAITING: "Yes",
    State.SHOWN: "Yes",
}  # fmt: skip
COUNTS = {True: "Yes", False: "No, replaced by a later one", None: "Not chosen yet: two that differ"}


def table(visit: Visit, found: SideBySide, kind: FileKind) -> bytes:
    """A line for each answer of each record, also for what nobody answered; and one for each photo that it names."""
    file = BytesIO()
    writer = exports.write_csv if kind == FileKind.CSV else exports.write_ods
    which = tuple(_which(visit).values())
    writer(file, HEAD, ((*which, *line) for line in _lines(found)))
    return file.getvalue()


def name_of(visit: Visit, kind: str) -> str:
    """What a file is called: where the visit was, on which day and at what time."""
    when = f"{visit.day}-{visit.starts_at:%H%M}" if visit.starts_at else f"{visit.day}"
    return "-".join(filter(None, ("answers", slugify(visit.site.name), when))) + f".{kind}"


def as_sent(visit: Visit, found: SideBySide) -> str:
    """Every record with all that came under its name, each as it was sent."""
    which = _which(visit)
    return json.dumps([which | _told(writer) for writer in found.writers], ensure_ascii=False, indent=1)


def _which(visit: Visit) -> dict[str, str]:
    """Whose visit it was, where and when; no time where none was said."""
    site = visit.site
    time = f"{visit.starts_at:%H:%M}" if visit.starts_at else ""
    where = {"group": visit.group.name, "scheme": site.scheme.name, "place": site.name}
    return {**where, "day": visit.day.isoformat(), "time": time}


def _lines(found: SideBySide) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        for writer, said in zip(found.writers, row.said, strict=True):
            if said.value or said.problem or not said.photos:
                yield (*_answered(writer, row, said), "", "")
            for photo in said.photos:
                yield (*_answered(writer, row, Said()), *_came(photo))
    for writer, photo in found.other_photos:
        yield (*_whose(writer), OTHER, 0, "", photo.key, "", "", "", *_came(photo))


def _answered(writer: Writer, row: Row, said: Said) -> tuple[Cell, ...]:
    return (*_whose(writer), row.section, row.round, row.question, row.name, said.value, said.words, said.problem)


def _whose(writer: Writer) -> tuple[Cell, ...]:
    came = f"{writer.record.received_at.astimezone(clock.LONDON):%Y-%m-%d %H:%M}"
    finished = "No" if writer.stopped else "Yes"
    return writer.name, came, COUNTS[writer.counts], finished, writer.stopped, writer.record.version.number


def _came(photo: Attachment) -> tuple[Cell, ...]:
    return str(photo.photo_id_on_phone), HAS_COME[photo.state]


def _told(writer: Writer) -> dict[str, Any]:
    record = writer.record
    return {
        "id": str(record.pk),
        "who": writer.name,
        "counts": writer.counts,
        "replaces": str(record.supersedes_id) if record.supersedes_id else None,
        "version": record.version.number,
        "sent_after_leaving": record.sent_after_leaving,
        "unfinished": {"kind": record.unfinished, "why": record.unfinished_why} if record.unfinished else None,
        "problems": record.problems,
        "photos": [_photo(one) for one in writer.photos],
        "sent": [_side(one) for one in sides(writer)],
    }


def _photo(photo: Attachment) -> dict[str, Any]:
    return {
        "id": str(photo.photo_id_on_phone),
        "key": photo.key,
        "sha256": photo.sha256,
        "came": photo.photo.received_at.isoformat() if photo.photo else None,
        "can_be_read": None if photo.state in (State.MISSING, State.WAITING) else photo.state == State.SHOWN,
    }


def _side(side: Side) -> dict[str, Any]:
    came = side.received
    return {
        "came": came.received_at.isoformat(),
        "counts": side.counts,
        "sha256": came.sha256,
        "record": json.loads(bytes(came.body)),
    }

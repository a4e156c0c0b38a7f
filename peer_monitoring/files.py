"""What was received of a visit, as a file: a table for an office program, or everything as it was sent.

Each line, and each record, says of which visit it is, so that files of several visits can be laid together.
Both hold what was replaced too, say of each record whether it counts, and of each photo that it names whether it came.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from kit import clock, exports
from kit.exports import Cell, FileKind
from peer_monitoring.comparing import Row, Said
from peer_monitoring.models import Attachment, Visit
from peer_monitoring.written import Chosen, Side, SideBySide, Writer, choices, not_chosen, sides

HEAD = (
    "Group", "Scheme", "Place", "Day", "Time",
    "Who wrote it", "Came on", "Counts", "Who chose", "Chosen on", "Finished", "Why not", "Set of questions", "Version",
    "Section", "Round", "Question", "Name", "Value", "Answer", "What is wrong with it", "Photo", "Has the photo come",
)  # fmt: skip
OTHER = "Other photos"
State = Attachment.State
HAS_COME = {
    State.MISSING: "No, it is missing", State.UNREADABLE: "Yes, but it cannot be read", State.WAITING: "Yes",
    State.SHOWN: "Yes",
}  # fmt: skip
COUNTS = {True: "Yes", False: "No, replaced by a later one", None: "Not chosen yet: two that differ"}
NOT_CHOSEN = "No, another one was chosen"
Whose = Mapping[UUID, tuple[Cell, ...]]
"""What a line says of a record, whichever answer it tells."""


def table(visit: Visit, found: SideBySide, kind: FileKind) -> bytes:
    """A line for each answer of each record, also for what nobody answered; and one for each photo that it names.

    None for what only another set asks than the one that a record answers.
    """
    file = BytesIO()
    writer = exports.write_csv if kind == FileKind.CSV else exports.write_ods
    which = tuple(_which(visit).values())
    writer(file, HEAD, ((*which, *line) for line in _lines(found)))
    return file.getvalue()


def name_of(visit: Visit, kind: str) -> str:
    """What a file is called: where the visit was, on which day and at what time; not where, while it is held back."""
    when = f"{visit.day}-{visit.starts_at:%H%M}" if visit.starts_at else f"{visit.day}"
    where = "" if visit.names_no_place else slugify(visit.site.name)
    return "-".join(filter(None, ("answers", where, when))) + f".{kind}"


def as_sent(visit: Visit, found: SideBySide) -> bytes:
    """Every record with all that came under its name, each in its own words: nothing of it is read and written anew.

    So it can be as deep as it likes, and say what no text of ours can hold.
    """
    which, came, picked = _which(visit), sides(found), choices(found)
    told = [
        _with(which | _told(one, picked.get(one.record.pk)), "sent", b"[%s]" % _listed(map(_side, came[one.record.pk])))
        for one in found.writers
    ]
    return b"[%s]" % _listed(told)


def _which(visit: Visit) -> dict[str, str]:
    """Whose visit it was, where and when; no time where none was said."""
    site = visit.site
    time = f"{visit.starts_at:%H:%M}" if visit.starts_at else ""
    where = {"group": visit.group.name, "scheme": site.scheme.name, "place": site.name}
    return {**where, "day": visit.day.isoformat(), "time": time}


def _lines(found: SideBySide) -> Iterator[tuple[Cell, ...]]:
    whose = _whose(found)
    for row in found.rows:
        for writer, said in zip(found.writers, row.said, strict=True):
            if row.question_set != writer.record.version.question_set_id:
                continue
            if said.value or said.problem or not said.photos:
                yield (*_answered(whose[writer.record.pk], row, said), "", "")
            for photo in said.photos:
                yield (*_answered(whose[writer.record.pk], row, Said()), *_came(photo))
    for writer, photo in found.other_photos:
        yield (*whose[writer.record.pk], OTHER, 0, "", photo.key, "", "", "", *_came(photo))


def _answered(whose: tuple[Cell, ...], row: Row, said: Said) -> tuple[Cell, ...]:
    return (*whose, row.section, row.round, row.question, row.name, said.value, said.words, said.problem)


def _whose(found: SideBySide) -> Whose:
    left_out, picked = not_chosen(found), choices(found)
    return {
        one.record.pk: (
            one.name, _moment(one.record.received_at),
            NOT_CHOSEN if one.record.pk in left_out else COUNTS[one.counts], *_choice(picked.get(one.record.pk)),
            "No" if one.stopped else "Yes", one.stopped, one.record.version.title, one.record.version.number,
        )
        for one in found.writers
    }  # fmt: skip


def _choice(made: Chosen | None) -> tuple[Cell, ...]:
    return (made.by, _moment(made.at)) if made else ("", "")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.LONDON):%Y-%m-%d %H:%M}"


def _came(photo: Attachment) -> tuple[Cell, ...]:
    return str(photo.photo_id_on_phone), HAS_COME[photo.state]


def _told(writer: Writer, made: Chosen | None) -> dict[str, Any]:
    record = writer.record
    return {
        "id": str(record.pk),
        "who": writer.name,
        "counts": writer.counts,
        "choice": {"of": str(made.writer.record.pk), "by": made.by, "at": made.at.isoformat()} if made else None,
        "replaces": str(record.supersedes_id) if record.supersedes_id else None,
        "questions": record.version.title,
        "version": record.version.number,
        "sent_after_leaving": record.sent_after_leaving,
        "unfinished": {"kind": record.unfinished, "why": record.unfinished_why} if record.unfinished else None,
        "problems": record.problems,
        "photos": [_photo(one) for one in writer.photos],
    }


def _photo(photo: Attachment) -> dict[str, Any]:
    return {
        "id": str(photo.photo_id_on_phone),
        "key": photo.key,
        "sha256": photo.sha256,
        "came": photo.photo.received_at.isoformat() if photo.photo else None,
        "can_be_read": None if photo.state in (State.MISSING, State.WAITING) else photo.state == State.SHOWN,
    }


def _side(side: Side) -> bytes:
    came = side.received
    told = {"came": came.received_at.isoformat(), "counts": side.counts, "sha256": came.sha256}
    return _with(told, "record", _in_utf8(bytes(came.body)))


def _in_utf8(body: bytes) -> bytes:
    """What was sent, as JSON in UTF-8: half of a letter, which UTF-8 cannot hold, as JSON writes it."""
    return body.decode(json.detect_encoding(body), "surrogatepass").encode(errors="backslashreplace")


def _with(told: dict[str, Any], name: str, value: bytes) -> bytes:
    """An object in JSON with one thing more, which is JSON already."""
    return b'%s,\n"%s": %s}' % (json.dumps(told, ensure_ascii=False, indent=1).encode()[:-2], name.encode(), value)


def _listed(those: Iterable[bytes]) -> bytes:
    return b",\n".join(those)

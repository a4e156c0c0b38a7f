"""What was received of a visit, as a file: a table for an office program, or everything as it was sent.

Both hold what was replaced too, and say of each record whether it counts.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kit import clock, exports
from kit.exports import Cell, FileKind
from peer_monitoring.written import Side, SideBySide, Writer, sides

HEAD = (
    "Who wrote it", "Came on", "Counts", "Version", "Section", "Round", "Question", "Name", "Value", "Answer",
    "What is wrong with it",
)  # fmt: skip
COUNTS = {True: "Yes", False: "No, replaced by a later one", None: "Not chosen yet: two that differ"}


def table(found: SideBySide, kind: FileKind) -> bytes:
    """A line for each answer of each record, also for what nobody answered."""
    file = BytesIO()
    writer = exports.write_csv if kind == FileKind.CSV else exports.write_ods
    writer(file, HEAD, _lines(found))
    return file.getvalue()


def as_sent(found: SideBySide) -> str:
    """Every record with all that came under its name, each as it was sent."""
    return json.dumps([_told(writer) for writer in found.writers], ensure_ascii=False, indent=1)


def _lines(found: SideBySide) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        for writer, said in zip(found.writers, row.said, strict=True):
            came = f"{writer.record.received_at.astimezone(clock.LONDON):%Y-%m-%d %H:%M}"
            yield (
                writer.name, came, COUNTS[writer.counts], writer.record.version.number, row.section, row.round,
                row.question, row.name, said.value, said.words, said.problem,
            )  # fmt: skip


def _told(writer: Writer) -> dict[str, Any]:
    record = writer.record
    return {
        "id": str(record.pk),
        "who": writer.name,
        "counts": writer.counts,
        "replaces": str(record.supersedes_id) if record.supersedes_id else None,
        "version": record.version.number,
        "sent_after_leaving": record.sent_after_leaving,
        "problems": record.problems,
        "sent": [_side(one) for one in sides(writer)],
    }


def _side(side: Side) -> dict[str, Any]:
    came = side.received
    return {
        "came": came.received_at.isoformat(),
        "counts": side.counts,
        "sha256": came.sha256,
        "record": json.loads(bytes(came.body)),
    }

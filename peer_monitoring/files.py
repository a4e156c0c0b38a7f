"""What was received of a visit, as a file: a table for an office program, or everything as it was sent."""

import json
from collections.abc import Iterator
from io import BytesIO

from kit import exports
from kit.exports import Cell, FileKind
from peer_monitoring.queries import SideBySide

HEAD = ("Who wrote it", "Section", "Round", "Question", "Name", "Value", "Answer")


def table(found: SideBySide, kind: FileKind) -> bytes:
    """A line for each answer of each person, also for what nobody answered."""
    file = BytesIO()
    writer = exports.write_csv if kind == FileKind.CSV else exports.write_ods
    writer(file, HEAD, _lines(found))
    return file.getvalue()


def as_sent(found: SideBySide) -> str:
    """Every record as it was sent, also those between which the team has to choose."""
    sent = [json.loads(bytes(one.body)) for writer in found.writers for one in writer.record.received.all()]
    return json.dumps(sent, ensure_ascii=False, indent=1)


def _lines(found: SideBySide) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        for writer, value, answer in zip(found.writers, row.values, row.answers, strict=True):
            yield writer.name, row.section, row.round, row.question, row.name, value, answer

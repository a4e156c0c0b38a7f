"""The table as a file: CSV or a spreadsheet, with what it says and when."""

import io
from collections.abc import Iterable, Iterator
from datetime import date

from comparison.measures import Period
from comparison.queries import Row
from kit import clock, exports
from kit.exports import FileKind

HEAD = (
    "Scheme", "Area", "Points that came from", "Points that came until", "Decided within 20 working days",
    "Decided, or day 20 has passed", "Percentage", "Not decided, and day 20 has passed",
    "Not decided, and day 20 has not passed", "Not decided in time that was left when the scheme closed", "As of",
)  # fmt: skip


def table_file(rows: Iterable[Row], period: Period, kind: FileKind) -> bytes:
    """What is in the file: a line for each scheme, so it is small."""
    writer = exports.write_csv if kind == FileKind.CSV else exports.write_ods
    file = io.BytesIO()
    writer(file, HEAD, _cells(rows, period.first(clock.today()), clock.today()))
    return file.getvalue()


def _cells(rows: Iterable[Row], first: date | None, today: date) -> Iterator[exports.Row]:
    as_of = clock.now().astimezone(clock.LONDON).isoformat(timespec="minutes")
    for row in rows:
        share = row.share
        percentage = "" if share.percentage is None else share.percentage
        yield [
            row.name, row.area, first.isoformat() if first else "", today.isoformat(), share.in_time,
            share.counted, percentage, share.overdue, share.waiting, share.left, as_of,
        ]  # fmt: skip

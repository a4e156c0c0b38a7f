"""From a workbook to its rows of cells, or to plain sentences about what stands in the way."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.imports import apart
from kit.imports.parsers import BadCell, quoted
from kit.imports.parts import AFRESH, SAVE_AS_XLSX, refuse_unsafe
from kit.imports.problems import BadFile, Findings, Problem
from kit.imports.records import Record

READER = apart.HERE / "workbook.py"
SAVE_AGAIN = "Open it in your spreadsheet program and save it again as “Excel workbook (.xlsx)”."
REFUSED = {
    "orders": ("This workbook has orders in it that no spreadsheet program writes.", AFRESH),
    "macros": ("This workbook has macros in it. We do not open those.", SAVE_AS_XLSX),
    "too_many": ("This sheet has more than 20,000 rows, or far too many cells.", "Split it into smaller workbooks."),
    "too_big": ("This workbook is too big to read.", AFRESH),
    "not_one": ("This is not a workbook that we can read.", SAVE_AS_XLSX),
    "damaged": ("This workbook is damaged.", SAVE_AGAIN),
}
ODD = {
    "formula": ("This cell has a formula in it.", "Copy it and paste it as a value, so that the words stand in it."),
    "error": ("This cell shows an error.", "Put it right, or empty it."),
}
MERGED = "Take the merged cells apart, and fill in each of them."
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class SheetRecord(Record):
    """A row of a sheet. Its cells stand on its own line, whatever is in them."""

    odd: Mapping[int, str]

    def line_of(self, place: int) -> int:
        return self.line

    def cell(self, place: int) -> str:
        """The words of a cell, unless they are none of its own."""
        if place in self.odd:
            raise BadCell(*ODD[self.odd[place]])
        return Record.cell(self, place)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of a workbook."""

    found: Mapping[str, Any]

    def records(self, findings: Findings) -> Iterator[Record]:
        """The rows that have something in them; cells merged in a row of the table, or under it, are named."""
        odd: dict[int, dict[int, str]] = {}
        for number, place, kind in self.found["odd"]:
            odd.setdefault(number, {})[place] = kind
        merged = _merged(self.found["merged"])
        in_table = False
        for number, cells in self.found["rows"]:
            record = SheetRecord(number, cells, odd.get(number, {}))
            in_table = in_table or not record.is_comment
            for cells_together in merged.get(number, []) if in_table else []:
                findings.add(f"The cells {cells_together} are merged.", MERGED, line=number)
            yield record

    @property
    def notes(self) -> list[str]:
        """What whoever made it should know of how it was read."""
        others = [f"{quoted(name)}{' (hidden)' if hidden else ''}" for name, hidden in self.found["others"]]
        notes = []
        if others or self.found["is_hidden"]:
            kind = "hidden sheet" if self.found["is_hidden"] else "sheet"
            notes.append(f"We read the {kind} {quoted(self.found['sheet'])}.")
        if others:
            notes.append(f"We did not read: {_some(others)}.")
        filled = {number for number, _ in self.found["rows"]}
        hidden = [str(number) for number in self.found["hidden"] if number in filled]
        if hidden:
            notes.append(f"Hidden rows were read like the others: {_some(hidden)}.")
        return notes


def sheet_of(content: bytes, wanted: str) -> Sheet:
    """The sheet of that name, or the first that can be seen; `BadFile` says why there is none."""
    refuse_unsafe(content)
    heading = json.dumps({"sheet": wanted.strip()}).encode()
    try:
        found = json.loads(apart.run(READER, heading + b"\n" + content))
    except apart.Failed:
        found = {"refused": "too_big"}
    if "refused" in found:
        raise BadFile([Problem(*REFUSED[found["refused"]])])
    if "no_sheet" in found:
        names = [quoted(name) for name, _ in found["no_sheet"]]
        if not wanted:
            raise BadFile(
                [Problem("This workbook has no sheet that can be seen.", "Show the sheet, and save it again.")]
            )
        raise BadFile([Problem(f"There is no sheet {quoted(wanted)}.", f"Its sheets are: {_some(names)}.")])
    return Sheet(found)


def _merged(ranges: Sequence[str]) -> dict[int, list[str]]:
    """The merged cells by each of the rows that they begin in; a row that is all merged below begins above."""
    by_row: dict[int, list[str]] = {}
    for cells in ranges:
        begins = re.match(r"[A-Z]{1,3}([0-9]{1,7}):", cells)
        if begins:
            by_row.setdefault(int(begins[1]), []).append(cells)
    return by_row


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

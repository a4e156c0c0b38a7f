"""From the rows of a file to the values that its columns ask for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kit.imports.files import content_of, is_zip, text_of
from kit.imports.parsers import BadCell, quoted, text
from kit.imports.problems import MOST_PROBLEMS, BadFile, Findings, Problem
from kit.imports.records import Record, plain, records_of
from kit.imports.workbooks import sheet_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the file must have, unless it is `optional`; `required` says that no cell of it may be empty.

    `parse` makes a value of the words in a cell and raises ValueError; an empty cell is `empty`. A `remedy` of its own
    stands instead of the parser's.
    """

    name: str
    required: bool = False
    parse: Callable[[str], object] = text
    remedy: str = ""
    empty: object = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: the line it begins on, and the value of each column."""

    line: int
    values: Mapping[str, Any]
    in_sheet: bool = False

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and what whoever made it should know of how it was read."""

    rows: list[Row]
    notes: list[str]


def read_table(source: Path | bytes, columns: Sequence[Column], *, sheet: str = "") -> Table:
    """The rows of a CSV file, or of one sheet of a workbook: the one named, else the first that can be seen."""
    content = content_of(source)
    if not is_zip(content):
        return Table(read_csv(content, columns), [])
    found = sheet_of(content, sheet)
    findings = Findings(in_sheet=True)
    return Table(_rows(found.records(findings), columns, findings), found.notes)


def read_csv(source: Path | bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file, or `BadFile` with everything that is wrong with it."""
    findings = Findings()
    return _rows(records_of(text_of(source), [column.name for column in columns], findings), columns, findings)


def _rows(records: Iterator[Record], columns: Sequence[Column], findings: Findings) -> list[Row]:
    heading = next((record for record in records if not record.is_comment), None)
    if heading is None:
        findings.refuse_if_any()
        raise BadFile([Problem("The file has no table in it.", _first_line_says(columns))])
    table = _Table(columns, heading, findings)
    rows = [table.row(record) for record in records]
    findings.refuse_if_any()
    if not rows:
        raise BadFile([Problem("There are no rows under the headings.", "Add at least one row.", heading.line)])
    return rows


class _Table:
    """The headings of a file, and its rows under them."""

    def __init__(self, columns: Sequence[Column], heading: Record, findings: Findings) -> None:
        self.columns = columns
        self.heading = heading
        self.findings = findings
        self.places: dict[str, int] = {}
        self._read_the_headings()

    def row(self, record: Record) -> Row:
        """A row with the value of each column that is there."""
        if any(cell.strip() for place, cell in enumerate(record.cells) if not self._has_heading(place)):
            self.findings.add(
                "This row has more cells than there are headings.",
                "Give each column a heading, or empty the cells that have none."
                if self.findings.in_sheet
                else 'If a cell has a comma or semicolon in it, put " before and after the cell.',
                line=record.line,
            )
        present = [column for column in self.columns if column.name in self.places]
        values = {column.name: self._value(record, column) for column in present}
        left_out = {column.name: column.empty for column in self.columns if column.optional}
        return Row(record.line, left_out | values, self.findings.in_sheet)

    def _value(self, record: Record, column: Column) -> object:
        place = self.places[column.name]
        try:
            cell = record.cell(place)
        except BadCell as odd:
            self.findings.add(odd.what, odd.remedy, line=record.line_of(place), column=column.name)
            return None
        if not cell and not column.required:
            return column.empty
        try:
            if not cell:
                raise BadCell("This cell is empty.", "Fill it in.")
            return column.parse(cell)
        except BadCell as bad:
            what, remedy = bad.what, column.remedy or bad.remedy
        except ValueError:
            what, remedy = f"{quoted(cell)} cannot be read.", column.remedy or "Check it."
        self.findings.add(what, remedy, line=record.line_of(place), column=column.name)
        return None

    def _has_heading(self, place: int) -> bool:
        return place < len(self.heading.cells) and bool(self.heading.cells[place].strip())

    def _read_the_headings(self) -> None:
        known = {plain(column.name): column.name for column in self.columns}
        strange = []
        for place, cell in enumerate(self.heading.cells):
            name = known.get(plain(cell))
            if name in self.places:
                self._bad_heading("This column is there twice.", "Take one of them out.", name)
            elif name is not None:
                self.places[name] = place
            elif cell.strip():
                strange.append(cell.strip())
        if not self.places:
            what = f"{quoted(' '.join(self.heading.cells))} is not a line of headings."
            raise BadFile([Problem(what, _first_line_says(self.columns), self.heading.line)])
        # Looking for what was meant takes long, and a file may have a million headings.
        for cell in strange[:MOST_PROBLEMS]:
            self._bad_heading(f"We do not know the column {quoted(cell)}.", self._meant(cell))
        for column in self.columns:
            if column.name not in self.places and not column.optional:
                remedy = "Add it." if column.required else "Add it; its cells may be empty."
                self._bad_heading("This column is missing.", remedy, column.name)

    def _meant(self, cell: str) -> str:
        missing = {plain(column.name): column.name for column in self.columns if column.name not in self.places}
        near = get_close_matches(plain(cell), missing, 1)
        return f"Did you mean “{missing[near[0]]}”?" if near else "Take it out."

    def _bad_heading(self, what: str, remedy: str, column: str | None = None) -> None:
        self.findings.add(what, remedy, line=self.heading.line, column=column)


def _first_line_says(columns: Sequence[Column]) -> str:
    return f"The first line must name the columns: {', '.join(column.name for column in columns)}."

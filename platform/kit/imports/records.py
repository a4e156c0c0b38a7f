"""From the text of a CSV file to its rows of cells, each with the line it stands on."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.imports.problems import Findings

DELIMITERS = (",", ";", "\t")
LETTERS_LOOKED_AT = 5000
NEW_LINE = r"\r\n|\r|\n"


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row, as they are in the file, and the line the row begins on."""

    line: int
    cells: list[str]

    @property
    def is_comment(self) -> bool:
        """Whether a spreadsheet has made a row of a note."""
        return self.cells[0].lstrip().startswith("#")

    def cell(self, place: int) -> str:
        """The words in the cell at this place; after the last there are none."""
        return self.cells[place].strip() if place < len(self.cells) else ""

    def line_of(self, place: int) -> int:
        """The line that the cell at this place begins on; cells before it may hold several."""
        return self.line + sum(len(re.findall(NEW_LINE, cell)) for cell in self.cells[:place])


def records_of(body: str, headings: Sequence[str], findings: Findings) -> Iterator[Record]:
    """The rows that have something in them, without the notes before them; quotation marks that do not match end it."""
    lines_of_notes, skipped = _notes(body)
    file = io.StringIO(body, newline="")
    file.seek(skipped)
    reader = csv.reader(file, delimiter=_delimiter(body[skipped : skipped + LETTERS_LOOKED_AT], headings), strict=True)
    while True:
        line = lines_of_notes + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            findings.add(
                "The quotation marks in this row do not match, or a cell is far too long.",
                'Put one " before and one after a cell, and write "" for a quotation mark inside it.',
                line=line,
            )
            return
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)


def plain(heading: str) -> str:
    """A heading as it is compared: upper and lower case, spaces and underscores make no difference."""
    return " ".join(heading.replace("_", " ").split()).casefold()


def _notes(body: str) -> tuple[int, int]:
    """How many lines before the headings are empty or begin with #, and how many letters they are."""
    lines = letters = 0
    for line in io.StringIO(body, newline=""):
        words = line.lstrip()
        if words and not words.startswith("#"):
            break
        lines += 1
        letters += len(line)
    return lines, letters


def _delimiter(beginning: str, headings: Sequence[str]) -> str:
    """What stands between the cells: whatever gives most of the headings."""
    names = {plain(heading) for heading in headings}
    lines = beginning.splitlines()

    def headings_found(delimiter: str) -> int:
        return max(
            (len(names & {plain(cell.strip('"')) for cell in line.split(delimiter)}) for line in lines), default=0
        )

    return max(DELIMITERS, key=headings_found)

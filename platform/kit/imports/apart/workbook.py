"""Reads one sheet of a workbook, apart from the service: bytes come in, JSON goes out, and nothing is calculated.

Nothing of ours is imported here: the process has no settings. What it refuses it says in one word; the sentence for it
stands in `kit.imports.workbooks`.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Refused(Exception):
    """Why this is not read, in one word."""


def read(content: bytes, wanted: str) -> dict[str, Any]:
    """The sheet that is wanted, or the first that can be seen, as words."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        refuse_orders(parts)
        if b"macroEnabled" in parts.read("[Content_Types].xml"):
            raise Refused("macros")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    chosen = choose(sheets, wanted)
    others = [[name, sheet.sheet_state != "visible"] for name, sheet in sheets.items() if sheet is not chosen]
    if chosen is None:
        return {"no_sheet": others}
    # What a workbook says of its own size may be wrong, and is padded with empty cells up to it.
    chosen.reset_dimensions()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(chosen._worksheet_path) as part:
        merged, hidden = laid_out(part)
    rows, odd = [], []
    for number, cells, bad in rows_of(chosen):
        rows.append([number, cells])
        odd += bad
    is_hidden = chosen.sheet_state != "visible"
    return {
        "sheet": chosen.title, "is_hidden": is_hidden, "others": others, "rows": rows, "odd": odd, "merged": merged,
        "hidden": hidden,
    }  # fmt: skip


def refuse_orders(parts: zipfile.ZipFile) -> None:
    """No part may begin with a document type: in it stand entities that grow, and addresses to be fetched."""
    for name in parts.namelist():
        with parts.open(name) as part:
            try:
                # It stands before the first element, so that no more than that is read.
                next(iterparse(part, events=("start",), forbid_dtd=True), None)
            except DefusedXmlException:
                raise Refused("orders") from None
            except (ParseError, ValueError, LookupError):
                continue


def choose(sheets: dict[str, Any], wanted: str) -> Any:
    """The sheet of that name, else the first that can be seen."""
    if wanted:
        return next((sheet for name, sheet in sheets.items() if name.strip().casefold() == wanted.casefold()), None)
    return next((sheet for sheet in sheets.values() if sheet.sheet_state == "visible"), None)


def laid_out(part: Any) -> tuple[list[str], list[int]]:
    """Which cells are merged, and which rows are hidden: openpyxl says neither while it reads row by row."""
    merged, hidden = [], []
    for _, element in iterparse(part, events=("end",), forbid_dtd=True):
        if element.tag == f"{NAMESPACE}mergeCell":
            merged.append(element.get("ref", ""))
        elif element.tag == f"{NAMESPACE}row":
            if element.get("hidden") in ("1", "true") and (element.get("r") or "").isdigit():
                hidden.append(int(element.get("r")))
            element.clear()
    return merged[:MOST_ROWS], hidden[:MOST_ROWS]


def rows_of(sheet: Any) -> Iterator[tuple[int, list[str], list[list[Any]]]]:
    """The rows with something in them: number, words of the cells, and the cells that hold no words of their own."""
    many = rows = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        many += len(row)
        cells = [words(cell.value, cell.data_type) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        rows += bool(cells)
        if rows > MOST_ROWS or many > MOST_CELLS:
            raise Refused("too_many")
        if cells:
            kinds = {"f": "formula", "e": "error"}
            yield (
                number,
                cells,
                [[number, at, kinds[cell.data_type]] for at, cell in enumerate(row) if cell.data_type in kinds],
            )


def words(value: Any, kind: str) -> str:
    """A cell as it would be written: a day with its year first, a whole number without a point."""
    if value is None:
        return "=" if kind == "f" else ""
    if kind == "f":
        return "="
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def main() -> None:
    heading, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        found = read(content, json.loads(heading)["sheet"])
    except Refused as refused:
        found = {"refused": str(refused)}
    except MemoryError:
        found = {"refused": "too_big"}
    except InvalidFileException:
        found = {"refused": "not_one"}
    except Exception:
        # Whatever a broken workbook breaks in those who read it, to whoever made it it is a broken workbook.
        found = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    main()

"""Lists as files, CSV and ODS, written row by row: nothing in them is ever a formula, and a long list needs no memory.

Whoever says something may write `=HYPERLINK(…)`, and a spreadsheet program would run it on the computer of a colleague.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO
from xml.sax.saxutils import escape

from django.db.models import TextChoices

# A number is one in the file too, so that a spreadsheet program can add it up.
Cell = str | int
Row = Sequence[Cell]
Writer = Callable[[IO[bytes], Row, Iterable[Row]], None]

# What a spreadsheet program takes for the beginning of a formula; the wide ones are those of East Asian keyboards.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# What XML cannot hold.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    f' xmlns:office="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="List">'
)
_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest manifest:version="1.3" xmlns:manifest="{_OFFICE}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


class FileKind(TextChoices):
    """As which file a table can be taken away."""

    CSV = "csv", "CSV"
    ODS = "ods", "Spreadsheet (ODS)"

    @property
    def content_type(self) -> str:
        """What a browser is told that it is."""
        return "text/csv; charset=utf-8" if self == FileKind.CSV else ODS


def harmless(text: str) -> str:
    """The same words, with an apostrophe in front where a spreadsheet program would calculate."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def write_csv(file: IO[bytes], head: Row, rows: Iterable[Row]) -> None:
    """Write a list as CSV that office programs read as UTF-8."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="", write_through=True)
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(head)
    for row in rows:
        lines.writerow([_harmless(cell) for cell in row])
    text.detach()


def write_ods(file: IO[bytes], head: Row, rows: Iterable[Row]) -> None:
    """Write a list as an OpenDocument spreadsheet in which each cell is text or a number."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        # By the standard this comes first and is not compressed, so that a program knows the file by its beginning.
        package.writestr(zipfile.ZipInfo("mimetype"), ODS, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        with package.open("content.xml", "w") as content:
            content.write(_HEAD.encode())
            content.write(_row(head))
            for row in rows:
                content.write(_row([_harmless(cell) for cell in row]))
            content.write(_FOOT.encode())


def _row(cells: Row) -> bytes:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>".encode()


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    lines = escape(NOT_IN_XML.sub("", cell)).splitlines()
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'

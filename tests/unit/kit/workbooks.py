"""Workbooks to try: sound ones made by openpyxl, and hostile ones put together part by part."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ["finding", "said on", "how many", "may publish"]
TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""
FULL_FLUSH = zlib.Z_FULL_FLUSH


def workbook(*rows: Sequence[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of one sheet with these rows under the headings; `change` is done to it before it is saved."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Findings"
    for row in (HEADINGS, *rows):
        sheet.append(list(row))
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one of its parts changed, or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        there = {part: parts.read(part) for part in parts.namelist()}
    return packed(there | {name: change(there.get(name, b""))})


def bomb(*, sheets: int = 4, megabytes: int = 350) -> bytes:
    """A small workbook whose sheets stand in the same few bytes; each unpacks to so many megabytes of blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(b" " * 2**20) + packer.flush(FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(FULL_FLUSH)
    blanks = first + again * (megabytes - 1) + packer.flush()
    file = io.BytesIO(packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}))
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("xl/worksheets/sheet0.xml", blanks)
        part = made.filelist[-1]
        part.compress_type, part.compress_size, part.file_size = zipfile.ZIP_DEFLATED, len(blanks), megabytes * 2**20
        for number in range(1, sheets):
            twin = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            for name in ("compress_type", "compress_size", "file_size", "header_offset", "CRC"):
                setattr(twin, name, getattr(part, name))
            made.filelist.append(twin)
    return file.getvalue()

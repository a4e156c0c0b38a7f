"""What a workbook is made of, looked at before any of it is unpacked."""

import io
import re
import struct
import zipfile

from kit.imports.problems import BadFile, Problem

MOST_PARTS = 10_000
LARGEST_EXPANDED = 64 * 1024 * 1024
AFRESH = "Copy only the table into a new workbook, save that as “Excel workbook (.xlsx)”, and choose it."
SAVE_AS_XLSX = "Open it in your spreadsheet program and save it as “Excel workbook (.xlsx)” or “CSV UTF-8”."
NO_PASSWORD = "Open it with its password, take the password off, and save it again."
# How a part begins in the list at the end of a zip file.
LISTED = b"PK\x01\x02"
# What other kinds of file are made of, with what each is called.
_OTHERS = (
    (r"(^|/)vbaproject\.bin$", "This workbook has macros in it. We do not open those."),
    (r"^xl/workbook\.bin$", "This is a binary workbook (.xlsb)."),
    (r"^word/", "This is a text document, not a table."),
    (r"^ppt/", "This is a presentation, not a table."),
    (r"^content\.xml$", "This is an OpenDocument spreadsheet (.ods)."),
)
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")


def refuse_unsafe(content: bytes) -> None:
    """Look at the list of parts, and refuse whatever is not a workbook of sound size."""
    # Counted before it is read: a list may be so long that reading it is the attack.
    if content.count(LISTED) > MOST_PARTS:
        raise _bad("This workbook is made of more than 10,000 parts. No spreadsheet program makes that.", AFRESH)
    parts = _listed(content)
    names = [part.filename for part in parts]
    if any(_LEADS_OUT.search(part.orig_filename) for part in parts):
        raise _bad("This file has a part whose name leads out of it. No spreadsheet program makes that.", AFRESH)
    if any(part.flag_bits & 1 for part in parts):
        raise _bad("This file is locked with a password.", NO_PASSWORD)
    if sum(part.file_size for part in parts) > LARGEST_EXPANDED:
        raise _bad("Unpacked, this workbook is larger than 64 MB.", AFRESH)
    if len(set(names)) < len(names):
        raise _bad("This workbook has two parts of one name. No spreadsheet program makes that.", AFRESH)
    for pattern, what in _OTHERS:
        if any(re.search(pattern, name, re.IGNORECASE) for name in names):
            raise _bad(what, SAVE_AS_XLSX)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _bad("This is a zip file, not a workbook.", "Unpack it, and choose the workbook that is in it.")


def _listed(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return parts.infolist()
    # The library says "not implemented" of a package in a version of the format that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        raise _bad("This workbook is damaged.", "Open it in your spreadsheet program and save it again.") from None


def _bad(what: str, remedy: str) -> BadFile:
    return BadFile([Problem(what, remedy)])

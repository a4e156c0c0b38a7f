"""From a file to its text, or to a plain sentence about what the file is instead."""

import codecs
import re
from pathlib import Path

from kit.imports.parts import NO_PASSWORD, SAVE_AS_XLSX
from kit.imports.problems import BadFile, Problem

LARGEST = 10 * 1024 * 1024
SAVE_AS = "Open it in your spreadsheet program and save it as “CSV UTF-8”."
ASK_FOR_CSV = "We can only read a workbook (.xlsx), or a table saved as “CSV UTF-8”."
ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
# The name under which a workbook with a password stands in such a file.
LOCKED = "EncryptedPackage".encode("utf-16-le")

# What other kinds of file begin with.
_KINDS = {
    b"%PDF": ("This is a PDF.", ASK_FOR_CSV),
    ZIP: ("This is a workbook or a zip file.", SAVE_AS),
    OLD: ("This is an old workbook (.xls) or document.", SAVE_AS_XLSX),
    b"\x89PNG": ("This is a picture.", ASK_FOR_CSV),
    b"\xff\xd8\xff": ("This is a picture.", ASK_FOR_CSV),
    b"GIF8": ("This is a picture.", ASK_FOR_CSV),
    b"{\\rtf": ("This is a text document.", ASK_FOR_CSV),
    b"<": ("This is a web page or a file of data in another form.", ASK_FOR_CSV),
    codecs.BOM_UTF16_LE: ("This file is saved as “Unicode text”.", SAVE_AS),
    codecs.BOM_UTF16_BE: ("This file is saved as “Unicode text”.", SAVE_AS),
}


def text_of(source: Path | bytes) -> str:
    """The text of a CSV file, from its path or its bytes."""
    content = content_of(source)
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise _bad("The file is empty.", "Check that you chose the right one.")
    if content.startswith(OLD) and LOCKED in content:
        raise _bad("This file is locked with a password.", NO_PASSWORD)
    for beginning, (what, remedy) in _KINDS.items():
        if content.startswith(beginning):
            raise _bad(what, remedy)
    if b"\0" in content:
        raise _bad("This is not a file of text.", SAVE_AS)
    return _decoded(content.removeprefix(codecs.BOM_UTF8))


def content_of(source: Path | bytes) -> bytes:
    """What is in a file, if it is not too large."""
    content = source if isinstance(source, bytes) else _content(source)
    if len(content) > LARGEST:
        raise _bad("The file is larger than 10 MB.", "Split it into smaller files.")
    return content


def is_zip(content: bytes) -> bool:
    """Whether it is a workbook, or anything else that is packed."""
    return content.startswith((ZIP, b"PK\x05\x06"))


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _bad(f"“{path}” is a folder.", "Give the name of a file.")
        if path.exists() and not path.is_file():
            raise _bad(f"“{path}” is not a file that can be read.", "Give the name of a file.")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _bad(f"There is no file “{path}”.", "Check the name and the folder.") from None
    except (OSError, ValueError):
        raise _bad(f"“{path}” cannot be read.", "Check the name, and that you are allowed to read the file.") from None


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = 1 + len(re.findall(rb"\r\n|\r|\n", content[: error.start]))
        raise _bad("There is a letter here that we cannot read.", SAVE_AS, line) from None


def _bad(what: str, remedy: str, line: int | None = None) -> BadFile:
    return BadFile([Problem(what, remedy, line)])

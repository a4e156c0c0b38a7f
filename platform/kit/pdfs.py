"""A PDF that somebody uploads is written anew, so that nothing in it acts or tells who made it (ADR 0063)."""

import json
from dataclasses import dataclass
from pathlib import Path

from kit.errors import Refused
from kit.imports import apart

READER = Path(apart.__file__).parent / "pdf.py"
MOST_BYTES = 10 * 1024 * 1024
NOT_ONE = "This file is not a PDF. Save it as PDF and choose it again."
TOO_BIG = "This PDF is too big. It may have 10 MB and 200 pages. Make its pictures smaller and choose it again."
REFUSED = {
    "password": "This PDF asks for a password. Save it without one and choose it again.",
    "active": "This PDF holds more than pages: a form, a film, a file, or something that runs. Print it to a new PDF.",
    "too_big": TOO_BIG,
    "damaged": "This PDF cannot be read. Save it again as PDF and choose it again.",
}


class NotAPaper(Refused):
    """A file that is no PDF, or one that does more than to be read."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was written anew."""

    content: bytes
    pages: int
    is_tagged: bool
    """Whether a screen reader can tell its headings, its lists and in which order it is read."""


def rewritten(content: bytes, *, title: str) -> Paper:
    """The same pages in a new document; `NotAPaper` says what to do where that cannot be."""
    if len(content) > MOST_BYTES:
        raise NotAPaper(TOO_BIG)
    if not content.startswith(b"%PDF-"):
        raise NotAPaper(NOT_ONE)
    try:
        said = apart.run(READER, json.dumps({"title": title}).encode() + b"\n" + content)
    except apart.Failed:
        raise NotAPaper(REFUSED["too_big"]) from None
    heading, _, document = said.partition(b"\n")
    found = json.loads(heading)
    if "refused" in found:
        raise NotAPaper(REFUSED[found["refused"]])
    return Paper(document, found["pages"], found["tagged"])

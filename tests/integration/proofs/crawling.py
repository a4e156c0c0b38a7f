"""Going through a site by its own links, as anybody could."""

import re
from collections import deque
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.test import Client
from pypdf import PdfReader

from kit.paper import PDF
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tests.cast import Cast
from tests.integration.proofs import matrix

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
# What is another one each time that a page is made.
MARKS = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]*'
    r'|(?<=name="_for" value=")[^"]*'
    r"|(?<=nonce[-=])[^ ;>]*"
    r"|(?<='Expires': ')[^']*"
)
# Files of the code, and what ends the visit.
LEFT_OUT = re.compile(r"^/static/|^/sign-|logout|/sprite")


def crawl(client: Client, start: list[str], *, most: int) -> tuple[str, int]:
    """Open pages from these addresses on by their links, at most so many: all that was read, and how many opened."""
    waiting, seen, read, opened = deque(start), set(start), [], 0
    while waiting and len(read) < most:
        address = waiting.popleft()
        with matrix.taken_back(client):
            answer = client.get(address)
        text = answer.getvalue().decode(errors="replace")
        read.append(text + str(answer.headers))
        opened += answer.status_code == 200
        if not str(answer.headers.get("Content-Type", "")).startswith("text/html"):
            continue
        for found in LINK.findall(text):
            there = urljoin(address, unescape(found))
            # The same page in a fifth order says nothing new.
            known = there in seen or sum(urlsplit(one).path == urlsplit(there).path for one in seen) > 3
            if there.startswith("/") and not LEFT_OUT.search(there) and not known:
                seen.add(there)
                waiting.append(there)
    return "\n".join(read), opened


def text_of(answer: Any) -> str:
    """What a page says, or a document for paper."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == PDF:
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as package:
            return " ".join(package.read(name).decode() for name in package.namelist())
    return str(content.decode(errors="replace"))


def addresses_for(who: str, *, on_platform: bool, cast: Cast, few: bool) -> list[str]:
    """Every page of a host that somebody of the cast has the right to, for the things of the cast.

    With `few`, of the pages for everybody a few.
    """
    table, rights = (PLATFORM_PAGES, cast.rights_on_platform) if on_platform else (SCHEME_PAGES, cast.rights_at_scheme)
    made = {
        matrix.address_of(page, on_platform=on_platform, cast=cast): permission
        for page, permission in table.items()
        if permission in rights[who]
    }
    return [one for one, permission in made.items() if not few or matrix.is_read_by(who, one, permission)]


def read(client: Client, address: str) -> str:
    """What somebody reads at an address, and what the answer says of itself, without marks; it has no consequences."""
    with matrix.taken_back(client):
        answer = client.get(address)
        return MARKS.sub("", f"{answer.status_code} {text_of(answer)} {answer.headers}")

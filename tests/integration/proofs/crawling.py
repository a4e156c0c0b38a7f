"""Going through a site by its own links, as anybody could."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.integration.proofs import matrix

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
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

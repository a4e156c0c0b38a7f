"""The body of a request that delivers one part: its limits are kept before a byte of it is read (ADR 0074)."""

import time
from threading import BoundedSemaphore

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from peer_monitoring import sealing
from peer_monitoring.records import MOST_BYTES

KIND = "application/octet-stream"
MOST_TEXT = MOST_BYTES + sealing.ROUND_IT
MOST_PHOTO = 10 * 1024 * 1024
# Of `actions.concerns.MOST_LETTERS` letters, also where each is written as twelve signs.
MOST_CONCERN = 64 * 1024 + sealing.ROUND_IT
PIECE = 16 * 1024
# A phone on a bad line takes one of the server's few threads for as long as it sends: most of them stay for pages.
AT_ONCE, PATIENCE, LONGEST = 2, 1.0, 120.0
PARTS = BoundedSemaphore(AT_ONCE)
# Words about harm wait for no photo on a bad line.
CONCERNS = BoundedSemaphore(AT_ONCE)

WRONG_KIND = "A part is sent as it was sealed. Open the app again and send it from there."
NO_LENGTH = "A part says how long it is before it comes. Open the app again and send it from there."
TOO_LONG = "This is bigger than {size}. Shorten it, or take it out, and send it again."
BUSY = "Other phones send at this moment. It is sent again by itself."
NOT_WHOLE = "This did not arrive whole. It is sent again by itself."


class NotAPart(Exception):
    """A body that is not taken; `status` says to a script why."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def body_of(request: HttpRequest, *, most: int, places: BoundedSemaphore = PARTS) -> bytes:
    """All bytes of one part, read in one of these places.

    Raises `NotAPart` before it reads what is too much, and where less comes than was said.
    """
    if request.content_type != KIND:
        raise NotAPart(WRONG_KIND, status=415)
    said = request.META.get("CONTENT_LENGTH") or ""
    if not (said.isascii() and said.isdecimal()) or "HTTP_TRANSFER_ENCODING" in request.META:
        raise NotAPart(NO_LENGTH, status=411)
    if len(said.lstrip("0")) > len(str(most)) or int(said) > most:
        raise NotAPart(TOO_LONG.format(size=_size(most)), status=413)
    if not places.acquire(timeout=PATIENCE):
        raise NotAPart(BUSY, status=503)
    try:
        body = _read(request, int(said))
    finally:
        places.release()
    if len(body) < int(said):
        raise NotAPart(NOT_WHOLE, status=408)
    return body


def _size(most: int) -> str:
    kilobytes = most // 1024
    return f"{kilobytes // 1024} MB" if kilobytes >= 1024 else f"{kilobytes} kB"


def _read(request: HttpRequest, length: int) -> bytes:
    """What comes, piece by piece, for a while: a line may give less than was asked for at a time, and then break."""
    found, until = bytearray(), time.monotonic() + LONGEST
    try:
        while len(found) < length and time.monotonic() < until:
            piece = request.read(min(PIECE, length - len(found)))
            if not piece:
                break
            found += piece
    except UnreadablePostError:
        pass
    return bytes(found)

"""Pictures rebuilt from their pixels: where one was taken, by what and when does not come along.

How big one is stands in its first bytes: what is too big is refused before it is unpacked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

MOST_PIXELS = 24_000_000
QUALITY = 90
JPEG = "JPEG"
# What many phones make: a JPEG with a second one behind it.
MORE_THAN_A_JPEG = "MPO"
_BROKEN = (OSError, ValueError, SyntaxError)
_HUGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class Unreadable(ValueError):
    """No picture of these kinds, or a broken one."""


class TooBig(Unreadable):
    """More pixels than we unpack."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A picture and nothing else: no EXIF, GPS, XMP, comments, thumbnails or further frames."""

    content: bytes
    kind: str
    width: int
    height: int


def size_of(file: IO[bytes], *, kinds: Collection[str]) -> tuple[int, int]:
    """How wide and how high, from the first bytes alone. Raises `Unreadable`, or `TooBig`."""
    try:
        with Image.open(file, formats=tuple(kinds)) as opened:
            width, height = opened.size
    except _HUGE as error:
        raise TooBig("far too many pixels") from error
    except _BROKEN as error:
        raise Unreadable("no picture") from error
    if width * height > MOST_PIXELS:
        raise TooBig("too many pixels")
    return width, height


def rebuilt(file: IO[bytes], *, kinds: Collection[str]) -> Rebuilt:
    """The same picture, drawn anew. Raises `Unreadable`, or `TooBig`."""
    size_of(file, kinds=kinds)
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(kinds)) as opened:
            kind = JPEG if opened.format == MORE_THAN_A_JPEG else str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert(_mode(upright, kind))
    except _BROKEN as error:
        raise Unreadable("no whole picture") from error
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    bare.save(out, format=kind, quality=QUALITY)
    return Rebuilt(out.getvalue(), kind, *bare.size)


def _mode(picture: Image.Image, kind: str) -> str:
    return "RGBA" if kind != JPEG and picture.has_transparency_data else "RGB"

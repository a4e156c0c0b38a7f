"""Pictures rebuilt from their pixels: where one was taken, by what and when does not come along.

How big one is stands in its first bytes: what is too big is refused before it is unpacked. So is a JPEG that would take
minutes: one that is drawn in thousands of scans, or says thousands of things before the first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import ExifTags, Image

MOST_PIXELS = 24_000_000
QUALITY = 90
JPEG = "JPEG"
# What many phones make: a JPEG with a second one behind it.
MORE_THAN_A_JPEG = "MPO"
JPEG_BEGINS, SCAN = b"\xff\xd8", b"\xff\xda"
# A camera writes one scan, a website about ten, and a small picture within has its own.
MOST_SCANS = 100
MOST_BEFORE_PIXELS = 1024 * 1024
# How it lies, as EXIF says it, and what turns it upright.
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
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
    content = file.read()
    is_jpeg = content.startswith(JPEG_BEGINS)
    if is_jpeg and content.count(SCAN) > MOST_SCANS:
        raise Unreadable("too many scans")
    try:
        with Image.open(BytesIO(content[:MOST_BEFORE_PIXELS] if is_jpeg else content), formats=tuple(kinds)) as opened:
            width, height = opened.size
            has_pixels = not is_jpeg or bool(opened.tile)
    except _HUGE as error:
        raise TooBig("far too many pixels") from error
    except MemoryError:
        raise
    except Exception as error:
        # Whatever a broken picture breaks in the library, to whoever made it it is a broken picture.
        raise Unreadable("no picture") from error
    if not has_pixels:
        raise Unreadable("too much before its pixels")
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
            turned = _way_up(opened)
            upright = opened if turned is None else opened.transpose(turned)
            pixels = upright.convert(_mode(upright, kind))
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable("no whole picture") from error
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    bare.save(out, format=kind, quality=QUALITY)
    return Rebuilt(out.getvalue(), kind, *bare.size)


def _way_up(picture: Image.Image) -> Image.Transpose | None:
    """What turns it upright; nothing where what its camera noted cannot be read, which keeps nobody from drawing it."""
    try:
        return _TURNED.get(int(picture.getexif().get(ExifTags.Base.Orientation, 1)))
    except Exception:
        return None


def _mode(picture: Image.Image, kind: str) -> str:
    return "RGBA" if kind != JPEG and picture.has_transparency_data else "RGB"

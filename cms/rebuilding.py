"""Rebuild an uploaded picture from its pixels: where it was taken, by what and when does not come along."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps

from cms.errors import NotAPicture

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# What many phones make: a JPEG with a second one behind it.
MORE_THAN_A_JPEG = "MPO"
QUALITY = 90
UNREADABLE = "This picture cannot be read. Save it again as JPEG or PNG and choose it again."


def rebuilt(file: UploadedFile) -> SimpleUploadedFile:
    """A file with the same picture and nothing else: no EXIF, GPS, XMP, comments, thumbnails or further frames."""
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(FORMATS)) as opened:
            kind = "JPEG" if opened.format == MORE_THAN_A_JPEG else str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert(_mode(upright, kind))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture(UNREADABLE) from error
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    bare.save(out, format=kind, quality=QUALITY)
    # The file's own name may be a person's, so it does not come along either.
    return SimpleUploadedFile(f"picture.{FORMATS[kind]}", out.getvalue(), f"image/{kind.lower()}")


def _mode(picture: Image.Image, kind: str) -> str:
    return "RGBA" if kind != "JPEG" and picture.has_transparency_data else "RGB"

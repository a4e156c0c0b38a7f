"""Sizes of a picture, all drawn from one smaller copy of it, which is quicker than each from all of its pixels."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import ExifTags, Image, ImageOps
from wagtail.images.image_operations import ImageTransform
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, AbstractImage, Filter, SourceImageIOError

from cms.rebuilding import FORMATS

# The copy has so many pixels for each of the largest size: with fewer, fine lines would show that it was not the whole.
SPARE = 1.5
QUALITY = {"jpeg": 76, "webp": 80}


def drawn(picture: AbstractImage, filters: Iterable[Filter]) -> dict[Filter, File]:
    """Each size as a file in memory. A crop around the focal point may need so much that the copy is the whole."""
    with picture.open_file() as file:
        try:
            with Image.open(file, formats=tuple(FORMATS)) as opened:
                return _drawn(picture, opened, list(filters))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise SourceImageIOError(str(error)) from error


def _drawn(picture: AbstractImage, opened: Any, filters: list[Filter]) -> dict[Filter, File]:
    kind = opened.format.lower()
    is_sideways = opened.getexif().get(ExifTags.Base.Orientation, 1) > 4
    width, height = opened.size[::-1] if is_sideways else opened.size
    wanted = {one: one.get_transform(picture, (width, height)) for one in filters}
    copy = _copy(opened, max(1, int(min(map(_times, wanted.values())) / SPARE)))
    across, down = copy.width / width, copy.height / height
    files = {}
    for one, transform in wanted.items():
        left, top, right, bottom = transform.get_rect().round()
        box = (left * across, top * down, min(right * across, copy.width), min(bottom * down, copy.height))
        pixels = copy.resize(transform.size, Image.Resampling.LANCZOS, box)
        files[one] = _encoded(pixels, kind, one, picture)
    return files


def _times(transform: ImageTransform) -> float:
    """How many pixels of the picture become one, on the side where they are fewer."""
    crop, (width, height) = transform.get_rect(), transform.size
    return min(float(crop.width) / width, float(crop.height) / height)


def _copy(opened: Any, smaller: int) -> Image.Image:
    """The picture upright and as bare pixels, so many times smaller on each side or a little less."""
    whole, mode = opened.width, "RGBA" if opened.has_transparency_data else "RGB"
    # A JPEG is read at a half, a quarter or an eighth for a part of the work.
    opened.draft(None, (opened.width // smaller, opened.height // smaller))
    pixels = opened if opened.mode == mode else opened.convert(mode)
    left = int(smaller * opened.width / whole)
    copy = ImageOps.exif_transpose(pixels.reduce(left) if left > 1 else pixels)
    copy.info = {}
    return copy


def _encoded(pixels: Image.Image, kind: str, one: Filter, picture: AbstractImage) -> File:
    asked: dict[str, Any] = {}
    for operation in one.filter_operations:
        operation.run(None, picture, asked)
    kind = asked.get("output-format", kind)
    if kind == "jpeg" and pixels.mode == "RGBA":
        white = Image.new("RGBA", pixels.size, "white")
        pixels = Image.alpha_composite(white, pixels).convert("RGB")
    out = BytesIO()
    quality = asked.get(f"{kind}-quality", QUALITY.get(kind))
    pixels.save(out, kind, quality=quality, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name=f"size{IMAGE_FORMAT_EXTENSIONS[kind]}")

"""Rebuild an uploaded picture from its pixels: where it was taken, by what and when does not come along."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from cms.errors import NotAPicture
from kit import pictures

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
UNREADABLE = "This picture cannot be read. Save it again as JPEG or PNG and choose it again."


def rebuilt(file: UploadedFile) -> SimpleUploadedFile:
    """A file with the same picture and nothing else. Wagtail has found its size to be right before."""
    file.seek(0)
    try:
        bare = pictures.rebuilt(file, kinds=FORMATS)
    except pictures.Unreadable as error:
        raise NotAPicture(UNREADABLE) from error
    # The file's own name may be a person's, so it does not come along either.
    return SimpleUploadedFile(f"picture.{FORMATS[bare.kind]}", bare.content, f"image/{bare.kind.lower()}")

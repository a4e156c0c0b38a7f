"""Pictures that editors upload: kept under names that cannot be guessed, in this scheme's own folder."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from kit import scope
from kit.erasure import about_nobody, about_person

ORIGINALS, SIZES = "originals", "sizes"


class Picture(AbstractImage):
    """A picture on this scheme's site."""

    about = about_person(by="uploaded_by_user_id", empty={"uploaded_by_user": None}, files=["file"])

    admin_form_fields = ("title", "file", "description", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing of the file's own name, which may be a person's."""
        return _random_name(ORIGINALS, filename)


class PictureRendition(AbstractRendition):
    """One size of a picture, made when it is first shown."""

    about = about_nobody("A smaller copy of a picture.", files=["file"])

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_size_is_made_once"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """A name of its own, from which the original's cannot be found."""
        return _random_name(SIZES, filename)


def _random_name(folder: str, filename: str) -> str:
    return f"{scope.current()}/{folder}/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"

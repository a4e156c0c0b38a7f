"""Pictures that editors upload: kept under names that cannot be guessed, in this scheme's own folder."""

from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from cms.querysets import PictureQuerySet
from kit import scope
from kit.erasure import about_person

ORIGINALS, SIZES = "originals", "sizes"
HOW_MANY = "How many people in it could somebody recognise?"
MOST_PEOPLE = 60


class Picture(AbstractImage):
    """A picture on this scheme's site. Nobody sees it until everybody who can be recognised in it has agreed (S29)."""

    about = [
        about_person(by="uploaded_by_user_id", empty={"uploaded_by_user": None}, files=["file"]),
        about_person(by="consents__person_id", erase=True),
        about_person(by="portrait_of__person_id", erase=True),
    ]

    # Empty until somebody has said it: then the picture is shown nowhere.
    people = models.PositiveSmallIntegerField(
        HOW_MANY,
        null=True,
        validators=[MaxValueValidator(MOST_PEOPLE)],
        help_text=(
            "Count everybody whom a friend or a colleague would know, also from behind. Write 0 if there is nobody. "
            "Nobody sees the picture until each of them has agreed: see “People in pictures”."
        ),
    )

    objects: Any = PictureQuerySet.as_manager()

    admin_form_fields = ("title", "file", "people", "description", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"

    def create_rendition(self, filter: Filter) -> "PictureRendition":
        """Make a size, and close what it was drawn in, which Wagtail leaves to the garbage collector.

        Nobody takes the picture away meanwhile, or it is gone already and no file of it is left behind.
        """
        with transaction.atomic():
            Picture.objects.select_for_update().get(pk=self.pk)
            key = {"filter_spec": filter.spec, "focal_point_key": filter.get_cache_key(self)}
            found: PictureRendition | None = self.renditions.filter(**key).first()
            if found is None:
                with self.generate_rendition_file(filter) as file:
                    found = self.renditions.create(**key, file=file)
            return found

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing of the file's own name, which may be a person's."""
        return _random_name(ORIGINALS, filename)


class PictureRendition(AbstractRendition):
    """One size of a picture, made when it is first shown."""

    about = [
        about_person(by="image__consents__person_id", erase=True),
        about_person(by="image__portrait_of__person_id", erase=True),
    ]

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

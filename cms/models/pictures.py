"""Pictures that editors upload: kept under names that cannot be guessed, in this scheme's own folder."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError

from cms.drawing import drawn
from cms.querysets import PictureQuerySet
from cms.shapes import edition
from kit import outbox, scope
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

    @property
    def default_alt_text(self) -> str:
        """What an editor finds in a page for who cannot see it: what was said of it, and never the name of its file."""
        return self.description

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With a new file or focal point comes the promise that its sizes are made."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.promise_sizes()

    def promise_sizes(self) -> None:
        """The worker makes its sizes once this transaction commits, unless these very ones were promised before."""
        outbox.put("cms.picture_came", key=f"{self.version}:{edition()}", picture=self.pk)

    @property
    def version(self) -> str:
        """Of which file and which focal point a size of it is."""
        shown = (
            self.file.name,
            self.focal_point_x,
            self.focal_point_y,
            self.focal_point_width,
            self.focal_point_height,
        )
        return f"{self.pk}:{sha256(repr(shown).encode()).hexdigest()[:32]}"

    def create_rendition(self, filter: Filter) -> "PictureRendition":
        """Make a size for Wagtail; of a picture that somebody took away meanwhile it shows that there is none."""
        made = self.make_sizes([filter], wait=True)
        if filter not in made:
            raise SourceImageIOError
        return made[filter]

    def make_sizes(self, filters: Iterable[Filter], *, wait: bool) -> dict[Filter, "PictureRendition"]:
        """Several sizes, each unless it is there. Without `wait` there are none where somebody holds the picture's row.

        They are drawn before the row is held, and then kept all or none: what takes the picture away holds it too.
        """
        wanted = list(filters)
        lacking = [one for one in wanted if one not in self._sizes_there(wanted)]
        files = drawn(self, lacking) if lacking else {}
        with transaction.atomic():
            row = Picture.objects.select_for_update(no_key=True, skip_locked=not wait).filter(pk=self.pk).first()
            if row is None or row.version != self.version:
                return {}
            found = self._sizes_there(wanted)
            return found | self._keep({one: file for one, file in files.items() if one not in found})

    def _sizes_there(self, filters: list[Filter]) -> dict[Filter, "PictureRendition"]:
        rows = self.renditions.filter(filter_spec__in=[one.spec for one in filters])
        there = {(row.filter_spec, row.focal_point_key): row for row in rows}
        keys = {one: (one.spec, one.get_cache_key(self)) for one in filters}
        return {one: there[key] for one, key in keys.items() if key in there}

    def _keep(self, files: dict[Filter, File]) -> dict[Filter, "PictureRendition"]:
        names = set(self.renditions.values_list("file", flat=True)) if files else set()
        try:
            return {
                one: self.renditions.create(filter_spec=one.spec, focal_point_key=one.get_cache_key(self), file=file)
                for one, file in files.items()
            }
        except BaseException:
            delete_sizes(self.pk, but=names)
            raise

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing of the file's own name, which may be a person's."""
        return _random_name(ORIGINALS, filename)


class PictureRendition(AbstractRendition):
    """One size of a picture, made by the worker or, where it has not come by yet, when it is first shown."""

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
        """A name from which the original's cannot be found; those of one picture begin alike."""
        return _random_name(SIZES, filename, begins=_beginning(self.image_id))


def alone_with_sizes(picture_id: int, *, wait: bool) -> bool:
    """Whether nobody else makes sizes of this picture to the end of this transaction. Who does is waited for, or not.

    It holds back nobody but those who would make the same.
    """
    lock = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"cms.sizes:{scope.current()}:{picture_id}"])
        return wait or bool(cursor.fetchone()[0])


def delete_sizes(picture_id: int, *, but: Collection[str] = ()) -> None:
    """Delete all files of sizes of a picture but some. Whoever calls it holds the picture's row, or it is gone."""
    folder = f"{scope.current()}/{SIZES}"
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            if name.startswith(_beginning(picture_id)) and f"{folder}/{name}" not in but:
                default_storage.delete(f"{folder}/{name}")


def _beginning(picture_id: int) -> str:
    """How the names of all sizes of a picture begin: so those are found that somebody left who was killed."""
    return salted_hmac("cms.sizes", f"{scope.current()} {picture_id}", algorithm="sha256").hexdigest()[:16]


def _random_name(folder: str, filename: str, *, begins: str = "") -> str:
    name = f"{begins}{uuid4().hex[len(begins) :]}"
    return f"{scope.current()}/{folder}/{name}{PurePosixPath(filename).suffix.lower()}"

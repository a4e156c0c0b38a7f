"""The one way in which a picture or a film comes on a page: only while everybody in it agrees (S29)."""

from collections.abc import Iterable
from contextlib import suppress

from wagtail.images.models import Filter, SourceImageIOError

from cms.models.consents import Film
from cms.models.pictures import Picture, PictureRendition
from cms.querysets import PictureQuerySet


def shown(picture: Picture | None, size: str) -> PictureRendition | None:
    """One size of a picture, such as `max-900x1200`; nothing where the public may not see it, or its file is gone."""
    return shown_each([picture], size).get(picture.pk) if picture else None


def shown_each(pictures: Iterable[Picture], size: str) -> dict[int, PictureRendition]:
    """The same for several, in as many statements as for one: by the keys of those that may be shown."""
    return _sizes(Picture.objects.open_to_public().filter(pk__in=[picture.pk for picture in pictures]), size)


def for_editors(picture: Picture) -> PictureRendition | None:
    """A small one for the staff pages; the view of files gives it to nobody else while the public may not see it."""
    return _sizes(Picture.objects.not_taken_back().filter(pk=picture.pk), "max-400x300").get(picture.pk)


def film_shown(film_id: str) -> Film | None:
    """A film that a page may lead to."""
    return Film.objects.open_to_public().filter(pk=film_id).first() if film_id else None


def why_not(picture: Picture) -> str:
    """What is missing before the public may see a picture, in words for whoever looks at a preview."""
    if picture.people is None:
        return "Nobody has said yet how many people can be recognised in this picture."
    return "Not everybody in this picture has agreed. Write it down under “People in pictures” on the staff pages."


def _sizes(pictures: PictureQuerySet, size: str) -> dict[int, PictureRendition]:
    # Wagtail's own way writes into the cache each time that a picture is shown.
    wanted, found = Filter(spec=size), {}
    for picture in pictures.prefetch_renditions(size):
        with suppress(SourceImageIOError):
            found[picture.pk] = picture.find_existing_renditions(wanted).get(wanted) or picture.create_rendition(wanted)
    return found

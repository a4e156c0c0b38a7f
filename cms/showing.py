"""The one way in which a picture or a film comes on a page: only while everybody in it agrees (S29)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from wagtail.images.models import Filter

from cms.models.consents import Film
from cms.models.pictures import Picture, PictureRendition, alone_with_sizes
from cms.querysets import PictureQuerySet
from cms.shapes import FOR_EDITORS, IN_A_LIST, IN_WORDS, Shape


@dataclass(frozen=True, slots=True)
class Sized:
    """A picture on a page: how a browser asks for it, and the room that it takes (pixels)."""

    url: str
    width: int
    height: int
    srcset: str
    sizes: str
    # The first of a page is fetched at once, the others as somebody comes near.
    is_first: bool = False


def shown(picture: Picture | None, size: str) -> PictureRendition | None:
    """One size of a picture, such as `max-900x1200`; nothing where the public may not see it, or its file is gone."""
    if picture is None:
        return None
    return _sizes(Picture.objects.open_to_public().filter(pk=picture.pk), [size]).get(picture.pk, {}).get(size)


def shown_each(pictures: Iterable[Picture], shape: Shape) -> dict[int, Sized]:
    """Several pictures for a page, in as many statements as for one: by the keys of those that may be shown."""
    found = _shown((picture.pk for picture in pictures), shape)
    return {key: replace(one, is_first=number == 0) for number, (key, one) in enumerate(found.items())}


def shown_in(streams: Iterable[Any]) -> Mapping[int, Sized]:
    """The pictures among the blocks of a page, in their order."""
    blocks = (block for stream in streams for block in stream if block.block_type == "picture")
    return shown_each((block.value for block in blocks if block.value), IN_WORDS)


def first_of_each(pages: Iterable[Any]) -> Mapping[int, Sized]:
    """For a list of pages: by the keys of those that have one, the first picture in each that may be shown."""
    among = {
        page.pk: [block["value"]["image"] for block in page.body.raw_data if block["type"] == "picture"]
        for page in pages
    }
    found = _shown((key for keys in among.values() for key in keys), IN_A_LIST)
    firsts = {page: next((found[key] for key in keys if key in found), None) for page, keys in among.items()}
    return {page: one for page, one in firsts.items() if one}


def for_editors(picture: Picture) -> PictureRendition | None:
    """A small one for the staff pages; the view of files gives it to nobody else while the public may not see it."""
    found = _sizes(Picture.objects.not_taken_back().filter(pk=picture.pk), [FOR_EDITORS])
    return found.get(picture.pk, {}).get(FOR_EDITORS)


def film_shown(film_id: str) -> Film | None:
    """A film that a page may lead to."""
    return Film.objects.open_to_public().filter(pk=film_id).first() if film_id else None


def why_not(picture: Picture) -> str:
    """What is missing before the public may see a picture, in words for whoever looks at a preview."""
    if picture.people is None:
        return "Nobody has said yet how many people can be recognised in this picture."
    return "Not everybody in this picture has agreed. Write it down under “People in pictures” on the staff pages."


def _shown(keys: Iterable[int], shape: Shape) -> dict[int, Sized]:
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    made = _sizes(Picture.objects.open_to_public().filter(pk__in=wanted), shape.specs)
    return {key: _sized(made[key], shape) for key in wanted if shape.size in made.get(key, {})}


def _sized(made: Mapping[str, PictureRendition], shape: Shape) -> Sized:
    whole, *lighter = (made[spec] for spec in shape.specs if spec in made)
    # A small picture is never made larger: two sizes of it can be the same.
    by_width = {one.width: one for one in lighter}
    srcset = ", ".join(f"{one.url} {width}w" for width, one in sorted(by_width.items()))
    return Sized(whole.url, whole.width, whole.height, srcset, shape.drawn)


def _sizes(pictures: PictureQuerySet, specs: list[str]) -> dict[int, dict[str, PictureRendition]]:
    # Wagtail's own way writes into the cache each time that a picture is shown.
    wanted = [Filter(spec=spec) for spec in specs]
    found = {}
    for picture in pictures.prefetch_renditions(*wanted):
        made = picture.find_existing_renditions(*wanted)
        if len(made) < len(wanted):
            made |= _made_now(picture, [one for one in wanted if one not in made])
        found[picture.pk] = {one.spec: size for one, size in made.items()}
    return found


@transaction.atomic
def _made_now(picture: Picture, lacking: list[Filter]) -> dict[Filter, PictureRendition]:
    """Nothing where somebody else is making them: when they come, the page caches throw away what was drawn without.

    Nothing either where the disk does not give the picture, or takes no more.
    """
    with suppress(OSError):
        if alone_with_sizes(picture.pk, wait=False):
            return picture.make_sizes(lacking, wait=False)
    return {}

"""What the staff pages about pictures, films and named people ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cms.models import Film, Named, Picture, PictureConsent

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A picture or a film in the list: its name, its id, and whether the public sees it, in words."""

    id: object
    title: str
    state: str


def pictures_with_people(page: str | int = 1) -> Page[Row]:
    """Pictures in which somebody can be recognised, or of which nobody has said it; the newest first."""
    rows = Picture.objects.not_taken_back().exclude(people=0).with_agreement().order_by("-created_at", "-pk")
    found = Paginator(rows, ON_A_PAGE).get_page(page)
    found.object_list = [Row(one.pk, one.title, state(one)) for one in found.object_list]
    return found


def films() -> list[Row]:
    """Every film, and whether pages lead to it."""
    return [Row(one.pk, one.title, state(one)) for one in Film.objects.with_agreement()]


def state(of: Any) -> str:
    """Whether the public sees a picture or a film, and what is missing."""
    if of.people is None:
        return "Not shown: nobody has said how many people can be recognised"
    if of.taken_back:
        return "Not shown: somebody took it back"
    return f"Not shown: {of.agreed} of {of.people} agreed" if of.agreed < of.people else "Shown: everybody in it agreed"


def picture(picture_id: int) -> Picture:
    """A picture of the library."""
    found: Picture = get_object_or_404(Picture.objects.not_taken_back().with_agreement(), pk=picture_id)
    return found


def film(film_id: UUID) -> Film:
    """A film of the list."""
    return get_object_or_404(Film.objects.with_agreement(), pk=film_id)


def agreements(of: Picture | Film) -> Sequence[PictureConsent]:
    """Who agreed, also those who took it back; nobody of whom nothing is left."""
    rows = PictureConsent.objects.filter(erased=False)
    return list(rows.filter(film=of) if isinstance(of, Film) else rows.filter(picture=of))


def consent(consent_id: UUID) -> PictureConsent:
    """An agreement of somebody who was not erased."""
    return get_object_or_404(
        PictureConsent.objects.filter(erased=False).select_related("picture", "film"), pk=consent_id
    )


def named_people() -> list[Named]:
    """Everybody whom the site may name, or could until their last day; those who took it back are not kept by name."""
    return list(Named.objects.filter(withdrawn_at=None, erased=False).select_related("photo"))


def named(named_id: UUID) -> Named:
    """Somebody who did not take it back."""
    return get_object_or_404(Named.objects.filter(withdrawn_at=None, erased=False), pk=named_id)


def portraits() -> QuerySet[Picture]:
    """Pictures in which one person alone can be recognised."""
    found: QuerySet[Picture] = Picture.objects.not_taken_back().filter(people=1).order_by("title", "pk")
    return found

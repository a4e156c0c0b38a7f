"""Pictures and films in a page, each shown only while everybody in it agrees."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as N_
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms import showing
from cms.blocks.records import RecordChoice
from cms.languages import said_beside
from cms.models.consents import Film

ELSEWHERE = N_("Film on another website: %(title)s")
FIRST_SAY_WHO = "Open this picture in the library first and say how many people can be recognised in it"


class PictureBlock(ImageBlock):
    """A picture with its words for who cannot see it."""

    def clean(self, value: Any) -> Any:
        """Of a picture that is published, somebody has said who is in it."""
        cleaned = super().clean(value)
        if value and value.people is None and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError(block_errors={"image": ValidationError(FIRST_SAY_WHO)})
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what it says of somebody would be found after they took the picture back."""
        return []

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """What its page found that may be shown of it; in a preview, what is missing."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        around = parent_context or {}
        it = around["pictures"].get(value.pk) if value and "pictures" in around else None
        is_preview = getattr(around.get("request"), "is_preview", False)
        return context | {"shown": it, "missing": showing.why_not(value) if value and not it and is_preview else ""}

    class Meta:
        icon = "image"
        label = "Picture"
        template = "cms/blocks/picture.jinja"


def film_choices() -> list[tuple[str, str]]:
    return [(str(film.pk), film.title) for film in Film.objects.all()]


class FilmBlock(blocks.StructBlock):
    """The way to a film that stands elsewhere."""

    film = RecordChoice(
        choices=film_choices, help_text="Films are added under “People in pictures” on the staff pages."
    )
    says = blocks.CharBlock(max_length=300, label="What it is about, and how long it is")

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: it is said only while everybody in the film agrees."""
        return []

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The film, while everybody in it agrees."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        film = showing.film_shown(value["film"])
        named = said_beside(parent_context, ELSEWHERE) % {"title": film.title} if film else ""
        return context | {"film": film, "named": named}

    class Meta:
        icon = "media"
        label = "Film on another website"
        template = "cms/blocks/film.jinja"

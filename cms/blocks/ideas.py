"""The blocks of an Easy Read page: headings and ideas, each idea with its picture (ADR 0057).

A draft may break the rule; what is published, scheduled or handed in may not.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.pictures import FIRST_SAY_WHO
from kit import easy

NO_PICTURE = "Choose a picture that shows what the words say."


class IdeaBlock(blocks.StructBlock):
    """One picture, and one sentence of few words."""

    picture = blocks.ChoiceBlock(choices=list(easy.PICTURES.items()), required=False, label="Picture of ours")
    photo = ImageChooserBlock(
        required=False, label="Or a picture from your library", help_text="It is shown in place of ours."
    )
    words = blocks.TextBlock(rows=2, max_length=300, help_text=f"One sentence of {easy.MOST_WORDS} words at most.")

    def clean(self, value: Any) -> Any:
        """Words by the rule of Easy Read, and something to look at beside them."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if found := easy.broken(cleaned["words"]):
            errors["words"] = ValidationError(str(found))
        if not cleaned["picture"] and not cleaned["photo"]:
            errors["picture"] = ValidationError(NO_PICTURE)
        if cleaned["photo"] and cleaned["photo"].people is None:
            errors["photo"] = ValidationError(FIRST_SAY_WHO)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "list-ul"
        label = "Idea"
        label_format = "{words}"


class Ideas(blocks.StreamBlock):
    """What stands on an Easy Read page."""

    idea = IdeaBlock()
    heading = blocks.CharBlock(max_length=60, icon="title", help_text="A few words over the ideas that follow.")

    def clean(self, value: Any) -> Any:
        """A heading keeps the rule too."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        headings = {number: child.value for number, child in enumerate(cleaned) if child.block_type == "heading"}
        found = {number: easy.broken(words) for number, words in headings.items()}
        errors = {number: ValidationError(str(one)) for number, one in found.items() if one}
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

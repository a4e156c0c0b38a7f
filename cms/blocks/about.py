"""What a scheme adds to what is true everywhere: facts, partners, ways to other websites, ways of taking part."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from wagtail import blocks

from cms import bodies, ways
from cms.blocks.words import RichWords
from kit import clock
from kit.languages import said

HTTPS = URLValidator(schemes=["https"], message="Enter an address that starts with https://", code="not_https")


def not_to_come(day: date) -> None:
    """Nobody has looked at something on a day that is still to come."""
    if day > clock.today():
        raise ValidationError("Enter today or a day before")


class CheckedBlock(blocks.StructBlock):
    """Something that was looked up on a day."""

    checked_on = blocks.DateBlock(label="Checked on", help_text="When somebody last looked.", validators=[not_to_come])


class FactBlock(CheckedBlock):
    """A sentence, and where it was read."""

    words = blocks.CharBlock(max_length=300)
    source = blocks.CharBlock(max_length=200, help_text="Where you read it, such as the name and year of a report.")

    class Meta:
        icon = "info-circle"
        label = "Fact"


class PartnerBlock(CheckedBlock):
    """An organisation that works with this scheme."""

    name = blocks.CharBlock(max_length=120)
    does = blocks.CharBlock(max_length=200, label="What they do")
    address = blocks.URLBlock(max_length=500, required=False, validators=[HTTPS], label="Website")

    class Meta:
        icon = "group"
        label = "Partner"


class OutsideLinkBlock(CheckedBlock):
    """The way to another website: one of our list, whose address we keep right, or another."""

    listed = blocks.ChoiceBlock(choices=bodies.offered, required=False, label="From our list")
    text = blocks.CharBlock(max_length=120, required=False, label="Or its name")
    says = blocks.CharBlock(max_length=200, required=False, label="What one finds there")
    address = blocks.URLBlock(max_length=500, required=False, validators=[HTTPS])

    def clean(self, value: Any) -> Any:
        """One of our list, or a name with an address."""
        cleaned = super().clean(value)
        has_own = bool(cleaned["text"] and cleaned["address"])
        if bool(cleaned["listed"]) == has_own or (cleaned["listed"] and (cleaned["text"] or cleaned["address"])):
            problem = ValidationError("Choose one of our list, or give a name and an address")
            raise blocks.StructBlockValidationError(block_errors={"text": problem})
        return cleaned

    class Meta:
        icon = "link-external"
        label = "Website"


class WayBlock(blocks.StructBlock):
    """A way of taking part: one of our list, or the scheme's own."""

    listed = blocks.ChoiceBlock(choices=ways.offered, required=False, label="From our list")
    name = blocks.CharBlock(max_length=80, required=False, label="Or your own name for it")
    words = blocks.CharBlock(max_length=300, required=False, help_text="Empty, one of our list has our words.")
    how = RichWords(features=["bold", "link", "ul"], required=False, label="How to start, and when")

    def clean(self, value: Any) -> Any:
        """One of our list, or a name with words."""
        cleaned = super().clean(value)
        if bool(cleaned["listed"]) == bool(cleaned["name"]) or (cleaned["name"] and not cleaned["words"]):
            problem = ValidationError("Choose one of our list, or give a name and say in a sentence what it is")
            raise blocks.StructBlockValidationError(block_errors={"name": problem})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Its name and words, ours or theirs."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        ours = ways.WAYS.get(value["listed"] or "")
        return context | {
            "name": value["name"] or (said(ours.name) if ours else ""),
            "words": value["words"] or (said(ours.words) if ours else ""),
        }

    class Meta:
        icon = "group"
        label = "Way of taking part"
        template = "cms/blocks/way.jinja"

"""Blocks of words: NHS components, and nothing that takes HTML."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

RICH_TEXT = ["bold", "link", "ul", "ol"]


class Warning(blocks.StructBlock):
    """A callout for what must not be missed."""

    heading = blocks.CharBlock(max_length=80)
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        template = "cms/blocks/warning.jinja"
        icon = "warning"
        label = "Warning"


class Details(blocks.StructBlock):
    """Words that open when asked for."""

    summary = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        template = "cms/blocks/details.jinja"
        icon = "arrow-down"
        label = "More to read"


class ActionLink(blocks.StructBlock):
    """One thing to do next: a page of this site, or an address."""

    text = blocks.CharBlock(max_length=80)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False, max_length=500, help_text="Such as /tell-us/ or https://www.nhs.uk/")

    def clean(self, value: Any) -> Any:
        """Exactly one of the two ways on, and an address that a browser only follows."""
        cleaned = super().clean(value)
        address = cleaned["address"]
        problem = ""
        if bool(cleaned["page"]) == bool(address):
            problem = "Choose a page or give an address, one of the two"
        elif address and not (_is_path(address) or address.startswith(("https://", "tel:"))):
            problem = "Enter an address that starts with / or https://"
        if problem:
            raise blocks.StructBlockValidationError(block_errors={"address": ValidationError(problem)})
        return cleaned

    class Meta:
        template = "cms/blocks/action_link.jinja"
        icon = "arrow-right"
        label = "Action link"


class DoList(blocks.StructBlock):
    """What to do, or what not to do, as a list."""

    kind = blocks.ChoiceBlock(choices=[("do", "Do"), ("dont", "Do not")], default="do")
    items = blocks.ListBlock(blocks.CharBlock(max_length=200))

    class Meta:
        template = "cms/blocks/do_list.jinja"
        icon = "tick"
        label = "Do or do not"


def _is_path(address: str) -> bool:
    # "//host" would leave this site while looking like a path of it.
    return address.startswith("/") and not address.startswith(("//", "/\\"))

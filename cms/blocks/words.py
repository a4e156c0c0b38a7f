"""Blocks of words: NHS components, and nothing that takes HTML."""

import re
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_noop as N_
from wagtail import blocks

from cms.languages import said_beside
from cms.models.links import LONGEST

RICH_TEXT = ["bold", "link", "ul", "ol"]
# What a browser follows: a site, a letter, a telephone, a place on this site; "//host" would only look like one.
LEADS_ON = re.compile(r"(https?://|mailto:|tel:|#|/(?![/\\]))", re.IGNORECASE)
TITLES = {"do": N_("Do"), "dont": N_("Do not")}
OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
NOWHERE = "A link here leads nowhere. Give it an address that starts with https://, or choose a page."
TOO_LONG = (
    f"A link here is longer than {LONGEST} signs. Give it a shorter address, or leave out what follows the “?” in it."
)


class RichWords(blocks.RichTextBlock):
    """Running words with links; what was written past the editor of such words is left out or refused (ADR 0062)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT, **kwargs})

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """What was typed; nothing, where it is not what the editor sends."""
        try:
            typed = super().value_from_datadict(data, files, prefix)
        except (ValueError, TypeError, KeyError, AttributeError):
            return self.to_python("")
        return typed if all(_names_a_page(link) for link in _links(typed) if "linktype" in link) else self.to_python("")

    def clean(self, value: Any) -> Any:
        """Every link leads on."""
        cleaned = super().clean(value)
        if not all(_leads_on(link) for link in _links(cleaned)):
            raise ValidationError(NOWHERE)
        if any(len(str(link.get("href", ""))) > LONGEST for link in _links(cleaned)):
            raise ValidationError(TOO_LONG)
        return cleaned

    def deconstruct(self) -> Any:
        """For migrations it is what it is made from."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, {"features": RICH_TEXT, **kwargs}


class Warning(blocks.StructBlock):
    """A callout for what must not be missed."""

    heading = blocks.CharBlock(max_length=80)
    text = RichWords()

    class Meta:
        template = "cms/blocks/warning.jinja"
        icon = "warning"
        label = "Warning"


class Details(blocks.StructBlock):
    """Words that open when asked for."""

    summary = blocks.CharBlock(max_length=120)
    text = RichWords()

    class Meta:
        template = "cms/blocks/details.jinja"
        icon = "arrow-down"
        label = "More to read"


class ActionLink(blocks.StructBlock):
    """One thing to do next: a page of this site, or an address."""

    text = blocks.CharBlock(max_length=80)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False, max_length=LONGEST, help_text="Such as /tell-us/ or https://www.nhs.uk/")

    def clean(self, value: Any) -> Any:
        """Exactly one of the two ways on, and an address that a browser only follows."""
        cleaned = super().clean(value)
        address = cleaned["address"]
        problem = ""
        if bool(cleaned["page"]) == bool(address):
            problem = "Choose a page or give an address, one of the two"
        elif address and not (_is_path(address) or address.startswith("tel:") or _is_site(address, "https")):
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

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Its title, in the language of the words."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"title": said_beside(parent_context, TITLES[value["kind"]])}

    class Meta:
        template = "cms/blocks/do_list.jinja"
        icon = "tick"
        label = "Do or do not"


def _is_path(address: str) -> bool:
    # "//host" would leave this site while looking like a path of it.
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _is_site(address: str, *schemes: str) -> bool:
    try:
        URLValidator(schemes=schemes)(address)
    except ValidationError:
        return False
    return True


def _links(words: Any) -> list[Mapping[str, Any]]:
    return [link.attrs for link in BeautifulSoup(words.source, "html.parser").find_all("a")]


def _names_a_page(link: Mapping[str, Any]) -> bool:
    return link["linktype"] == "page" and str(link.get("id", "")).isdigit()


def _leads_on(link: Mapping[str, Any]) -> bool:
    address = str(link.get("href", ""))
    if OUTSIDE.match(address):
        return _is_site(address, "http", "https")
    return "linktype" in link or LEADS_ON.match(address) is not None

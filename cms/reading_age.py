"""How old somebody must be to read the words of a page with ease, as saved and while they are typed (ADR 0057)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from kit import reading
from kit.reading import Sentence
from kit.terms import NOT_COUNTED

OLDEST = 11
# Fewer say little about the next ones.
FEWEST_WORDS = 20
HARDEST = 5
# Fields of a page that are not read on it.
UNREAD = {"slug", "seo_title", "search_description"}
# What Wagtail keeps of a page for itself.
IN_NO_FORM = {"path", "url_path", "draft_title"}
TEXT = (models.CharField, models.TextField, RichTextField)


@dataclass(frozen=True, slots=True)
class Found:
    """What an editor is told: an age in whole years, and the sentences that make it so."""

    words: int
    age: int
    hard: Sequence[Sentence]

    @property
    def is_enough(self) -> bool:
        """Whether there are words enough to tell."""
        return self.words >= FEWEST_WORDS

    @property
    def is_too_hard(self) -> bool:
        """Whether service users should not have to read it."""
        return self.is_enough and self.age > OLDEST


def found_in(form: Any, *, names: Sequence[str] = ()) -> Found:
    """The age of what stands in a form of the editor; `names` are not counted, as the terms of the field are not."""
    measured = reading.measure(texts_of(form), terms=[*NOT_COUNTED, *names])
    age = max(measured.age, measured.age_by_sound) if measured.words else 0
    hard = [one for one in measured.hardest(HARDEST) if one.age > OLDEST]
    return Found(measured.words, ceil(age), hard)


def texts_of(form: Any) -> Iterator[str]:
    """All words of a form: plain, rich, in blocks, and of whatever stands in lists below the page."""
    for name in form.fields:
        yield from _texts_of_field(form, name)
    for formset in getattr(form, "formsets", {}).values():
        for below in formset.forms:
            yield from texts_of(below)


def texts_of_block(block: Any, value: Any) -> Iterator[str]:
    """The words of any block: one of text gives its own, one of blocks asks those, and any other has none."""
    if not value or isinstance(block, ImageBlock | blocks.BlockQuoteBlock):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from texts_of_block(child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, below in block.child_blocks.items():
            yield from texts_of_block(below, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for one in value:
            yield from texts_of_block(block.child_block, one)
    elif isinstance(block, blocks.RichTextBlock):
        yield _plain(value.source)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield str(value)


def texts_of_model(page: models.Model) -> Iterator[str]:
    """The words of the plain and rich fields of a page that are read on it."""
    for field in page._meta.get_fields():
        if field.name in IN_NO_FORM or not _is_text(field):
            continue
        value = str(getattr(page, field.name) or "")
        yield _plain(value) if isinstance(field, RichTextField) else value


def _is_text(field: Any) -> bool:
    return type(field) in TEXT and field.name not in UNREAD and not field.choices


def _texts_of_field(form: Any, name: str) -> Iterator[str]:
    field = {one.name: one for one in form._meta.model._meta.get_fields()}.get(name)
    if isinstance(field, StreamField):
        yield from texts_of_block(field.stream_block, form[name].value())
    elif field is not None and _is_text(field):
        value = str(form[name].value() or "")
        yield _plain(value) if isinstance(field, RichTextField) else value


def _plain(html: str) -> str:
    return reading.words_of_page(f"<main>{html}</main>")

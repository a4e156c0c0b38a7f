"""Words of a page in another language that are still, word for word, those of its English page (ADR 0061)."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from wagtail.blocks import RichTextBlock, StreamValue
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.languages import ENGLISH, in_languages
from cms.reading_age import texts_of_block, texts_of_model

# A name or a place of fewer words is the same in every language.
FEWEST_WORDS = 4
WORD = re.compile(r"\w+")


def left_in_english(page: Page, english: Page | None = None) -> list[str]:
    """Each text of a page that its English page has too, in their order; none of an English page."""
    if page.locale.language_code == ENGLISH:
        return []
    english = english or in_languages(page).get(ENGLISH)
    theirs = words_in(english) if english else ()
    return [one for one in _texts_of_page(page) if _tells(one) and words_of(one) in theirs]


def words_in(page: Page) -> Collection[str]:
    """The words of each text of a page."""
    return {words_of(one) for one in _texts_of_page(page.specific)}


def language_of(written: Any, *, english: Collection[str], language: str) -> str:
    """In which language a text, plain or rich, or a block of a page is written: English where nobody changed its words.

    `english` are the words of its English page, `language` is that of the page.
    """
    texts = _texts_of(written)
    was_left = any(map(_tells, texts)) and {words_of(one) for one in texts} - {""} <= {*english}
    return ENGLISH if was_left else language


def _texts_of(written: Any) -> list[str]:
    if isinstance(written, StreamValue.StreamChild):
        return list(_texts_of_child(written))
    return list(texts_of_block(RichTextBlock(), written)) if isinstance(written, RichText) else [str(written)]


def words_of(text: str) -> str:
    """Its words alone, whatever stands between them."""
    return " ".join(WORD.findall(text))


def _texts_of_page(page: Page) -> Iterator[str]:
    yield from _each(texts_of_model(page))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _each(text for child in getattr(page, field.name) for text in _texts_of_child(child))


def _texts_of_child(child: StreamValue.StreamChild) -> Iterator[str]:
    """Of a picture, what it shows: nobody measures how easy that is to read, but somebody hears it."""
    if isinstance(child.block, ImageBlock):
        yield from filter(None, [child.value and child.value.contextual_alt_text])
    else:
        yield from texts_of_block(child.block, child.value)


def _each(texts: Iterable[str]) -> Iterator[str]:
    return (plain for text in texts if (plain := " ".join(text.split())))


def _tells(text: str) -> bool:
    return len(WORD.findall(text)) >= FEWEST_WORDS

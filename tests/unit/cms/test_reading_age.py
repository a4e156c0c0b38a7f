"""Words are found in every block of a page, whoever adds it (S15, ADR 0057)."""

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.rich_text import RichText

from cms.reading_age import texts_of_block


class Card(blocks.StructBlock):
    heading = blocks.CharBlock()
    text = blocks.RichTextBlock()
    lines = blocks.ListBlock(blocks.TextBlock())
    kind = blocks.ChoiceBlock(choices=[("a", "Never read")])
    link = blocks.URLBlock()
    said = blocks.BlockQuoteBlock()
    picture = ImageChooserBlock()


class Everything(blocks.StreamBlock):
    card = Card()
    within = blocks.StreamBlock([("plain", blocks.CharBlock())])
    photo = ImageBlock()


def test_words_of_blocks_within_blocks_are_found_and_nothing_else() -> None:
    card = {
        "heading": "A heading",
        "text": RichText("<p>One <b>two</b>.</p><ul><li>Three</li></ul>"),
        "lines": ["First line", "Second line"],
        "kind": "a",
        "link": "https://www.nhs.uk/",
        "said": "Their own words",
        "picture": None,
    }
    block = Everything()
    value = StreamValue(block, [("card", card), ("within", [("plain", "Deep down")]), ("photo", None)])
    assert list(texts_of_block(block, value)) == [
        "A heading", "One two.\nThree", "First line", "Second line", "Deep down",
    ]  # fmt: skip

"""A hundred ways to put more than words and pictures onto a page: none gets through to who reads it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.test.utils.form_data import nested_form_data

from cms.blocks import Body, RichWords
from cms.errors import NotAPicture
from cms.models.base import SitePage
from cms.rebuilding import rebuilt
from tests import payloads
from tests.harmless import harms

REFUSED = ""


def shown(*blocks: tuple[str, Any]) -> str:
    """What a reader gets of blocks that were posted by hand: through the form, the table's JSON and the template."""
    body = Body()
    body.set_name("body")
    posted: dict[str, Any] = {"count": str(len(blocks))}
    for number, (kind, value) in enumerate(blocks):
        posted[str(number)] = {"type": kind, "value": value, "order": str(number), "deleted": "", "id": ""}
    data = MultiValueDict({name: [value] for name, value in nested_form_data({"body": posted}).items()})
    try:
        value = body.clean(body.value_from_datadict(data, {}, "body"))
    except ValidationError:
        return REFUSED
    kept = json.loads(json.dumps(body.get_prep_value(value)))
    return "".join(str(block.render()) for block in body.to_python(kept))


def items(*words: str) -> dict[str, Any]:
    listed = {str(n): {"value": one, "order": str(n), "deleted": "", "id": ""} for n, one in enumerate(words)}
    return {"count": str(len(words)), **listed}


def all_plain(words: str) -> list[tuple[str, Any]]:
    """The same words in every field of plain words that a block has."""
    rich = payloads.contentstate()
    return [
        ("heading", words),
        ("warning", {"heading": words[:80], "text": rich}),
        ("details", {"summary": words, "text": rich}),
        ("action_link", {"text": words[:80], "page": "", "address": "/tell-us/"}),
        ("do_list", {"kind": "do", "items": items(words)}),
    ]


def test_there_are_a_hundred_of_them() -> None:
    assert payloads.count() >= 100


@pytest.mark.parametrize("words", payloads.WORDS)
def test_words_stay_words(words: str) -> None:
    html = shown(*all_plain(words))
    assert html != REFUSED
    assert list(harms(html)) == []
    assert str(7 * 191) not in html


@pytest.mark.parametrize("address", payloads.ADDRESSES)
def test_a_link_in_running_words_only_leads_on(address: str) -> None:
    html = shown(("paragraph", payloads.linked("LINK", url=address)))
    assert html == REFUSED or "Words" in html
    assert list(harms(html)) == []


@pytest.mark.parametrize(
    "address", ["https://www.nhs.uk/", "http://example.org/", "mailto:us@example.org", "tel:111", "/tell-us/", "#more"]
)
def test_an_address_that_a_browser_follows_stands(address: str) -> None:
    assert f'href="{address}"' in shown(("paragraph", payloads.linked("LINK", url=address)))


@pytest.mark.parametrize("address", payloads.ADDRESSES)
def test_an_action_link_only_leads_on(address: str) -> None:
    assert list(harms(shown(("action_link", {"text": "Go", "page": "", "address": address})))) == []


@pytest.mark.parametrize("kind", ["paragraph", "inset_text"])
@pytest.mark.parametrize("sent", payloads.RICH)
def test_rich_text_written_by_hand_keeps_what_the_editor_offers_and_nothing_more(sent: str, kind: str) -> None:
    html = shown((kind, sent), ("warning", {"heading": "x", "text": sent}), ("details", {"summary": "x", "text": sent}))
    assert list(harms(html)) == []


@pytest.mark.parametrize("kind", payloads.BLOCKS)
def test_a_kind_of_block_that_there_is_none_of_is_left_out(kind: str) -> None:
    html = shown((kind, f"<script>{payloads.MARK}</script>"), ("heading", "Still here"))
    assert "Still here" in html and payloads.MARK not in html


@pytest.mark.parametrize("name", payloads.PICTURES)
def test_of_a_file_only_the_picture_is_kept(name: str) -> None:
    try:
        kept = rebuilt(SimpleUploadedFile(name, payloads.PICTURES[name])).read()
    except NotAPicture:
        return
    assert payloads.MARK.encode() not in kept and b"<s" not in kept and b"PK\x03\x04" not in kept


def test_what_would_do_harm_is_seen() -> None:
    """Else the rest of this file would prove nothing."""
    for html in (
        "<script>x</script>",
        "<p onclick=x>",
        "<a href=javascript:x>",
        "<img src=https://x/>",
        "<svg onload=x>",
    ):
        assert list(harms(html)), html
    assert list(harms('<p class="x">A <b>word</b> <a href="https://example.org/">there</a></p>')) == []


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, SitePage)])
def test_every_kind_of_page_takes_running_words_by_these_rules_alone(model: type[SitePage]) -> None:
    fields = model._meta.get_fields()
    assert not [field.name for field in fields if isinstance(field, RichTextField)]
    for field in fields:
        for block in within(field.stream_block) if isinstance(field, StreamField) else []:
            assert not isinstance(block, blocks.RichTextBlock) or isinstance(block, RichWords), field.name
            assert not isinstance(block, blocks.RawHTMLBlock | blocks.StaticBlock), field.name
            assert type(block).__name__ not in ("EmbedBlock", "TableBlock", "DocumentChooserBlock"), field.name


def within(block: blocks.Block) -> Iterator[blocks.Block]:
    """A block and all blocks in it."""
    yield block
    below = getattr(block, "child_blocks", {}).values()
    for child in [*below, *([block.child_block] if isinstance(block, blocks.ListBlock) else [])]:
        yield from within(child)

"""Blocks by which a page or a picture is chosen keep a question to the database for as long as the process runs."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail.blocks import Block, ChooserBlock
from wagtail.fields import StreamField


def make_their_fields() -> None:
    """Make that question at the start, in no scheme: made in the first scheme that asks, no other could use it."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                for block in everything_in(field.stream_block):
                    if isinstance(block, ChooserBlock):
                        _ = block.field


def everything_in(block: Any) -> Iterator[Block]:
    """A block, and all that it is made of."""
    yield block
    inside = list(getattr(block, "child_blocks", {}).values())
    for child in [*inside, *([block.child_block] if hasattr(block, "child_block") else [])]:
        yield from everything_in(child)

"""An answered point in a page: the page holds its id, and everything that is shown of it is asked for each time."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from wagtail.blocks import FieldBlock

from cms.answers import POINT
from cms.blocks.body import Body
from cms.choosing import AnswerWidget
from kit.ids import as_id


class PointBlock(FieldBlock):
    """What people said and what was done about it, as it stands when somebody reads the page."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        self._required = required
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.UUIDField:
        """The id, chosen from a list."""
        return forms.UUIDField(widget=AnswerWidget(), required=self._required)

    def to_python(self, value: Any) -> UUID | None:
        """The id, or nothing where it is none."""
        return as_id(str(value))

    def value_from_form(self, value: Any) -> UUID | None:
        return self.to_python(value)

    def get_prep_value(self, value: UUID | None) -> str | None:
        """As a page keeps it."""
        return str(value) if value else None

    def get_form_state(self, value: Any) -> Any:
        """What the editor draws of it."""
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        label = "What people said and our answer"
        template = "cms/blocks/point.jinja"


class StoryBody(Body):
    """Words, pictures and answered points."""

    point = PointBlock()

    class Meta:
        block_counts = {"picture": {"max_num": 20}, POINT: {"max_num": 30}}

"""People on a page, by the ids of their records: the page and its history hold no word of them."""

from typing import Any

from wagtail import blocks

from cms import showing
from cms.blocks.records import RecordChoice
from cms.models.named import Named

PORTRAIT = "fill-240x240"


def named_choices() -> list[tuple[str, str]]:
    """Everybody who was ever written down; of those who took it back nothing but that they did is left."""
    return [(str(one.pk), str(one)) for one in Named.objects.all()]


class NamedChoice(RecordChoice):
    """Somebody whom the site names."""

    choices = staticmethod(named_choices)


class PeopleGroup(blocks.StructBlock):
    """A heading, and people in the order in which they were chosen."""

    heading = blocks.CharBlock(max_length=80, required=False)
    people = blocks.ListBlock(
        NamedChoice(help_text="They are written down under “People in pictures”, on staff pages.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Those of them who agree today, with their portraits."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"people": people_shown(list(value["people"]))}

    class Meta:
        icon = "group"
        label = "People"
        template = "cms/blocks/people_group.jinja"


def people_shown(ids: list[str]) -> list[tuple[Named, Any]]:
    """Each with a portrait, if there is one that may be shown."""
    found = {str(one.pk): one for one in Named.objects.open_to_public().filter(pk__in=ids).select_related("photo")}
    portraits = showing.shown_each([one.photo for one in found.values() if one.photo], PORTRAIT)
    return [(one, portraits.get(one.photo_id or 0)) for key in dict.fromkeys(ids) if (one := found.get(key))]

"""People on a page, by the ids of their records: the page and its history hold no word of them."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks

from cms import shapes, showing
from cms.blocks.records import RecordChoice
from cms.models.named import Named
from cms.showing import Sized


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
        """Those of them whom the page found to agree today."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        everybody = (parent_context or {}).get("everybody", {})
        return context | {"people": [everybody[key] for key in dict.fromkeys(value["people"]) if key in everybody]}

    class Meta:
        icon = "group"
        label = "People"
        template = "cms/blocks/people_group.jinja"


def people_shown(groups: Iterable[Any]) -> dict[str, tuple[Named, Sized | None]]:
    """Everybody in the groups of a page who agrees today, by their ids, each with a portrait that may be shown."""
    ids = [key for group in groups for key in group.value["people"] if key]
    found = {str(one.pk): one for one in Named.objects.open_to_public().filter(pk__in=ids).select_related("photo")}
    people = [found[key] for key in dict.fromkeys(ids) if key in found]
    portraits = showing.shown_each([one.photo for one in people if one.photo], shapes.PORTRAIT)
    return {str(one.pk): (one, portraits.get(one.photo_id or 0)) for one in people}

"""What Liaison and Diversion is, and who the partners are."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import bodies, facts
from cms.blocks import Body
from cms.blocks.about import FactBlock, OutsideLinkBlock, PartnerBlock
from cms.models.base import SitePage


class AboutPage(SitePage):
    """Facts that are the same everywhere, kept right by us, and what a scheme adds (S22, S90 to S96)."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")
    body = StreamField(Body(required=False), blank=True, help_text="What this service does, in your words.")
    facts = StreamField(StreamBlock([("fact", FactBlock())], required=False), blank=True)
    partners = StreamField(StreamBlock([("partner", PartnerBlock())], required=False), blank=True)
    links = StreamField(StreamBlock([("link", OutsideLinkBlock())], required=False), blank=True)

    page_description = "What Liaison and Diversion is and who the partners are. Much of it is filled in."
    template = "cms/about_page.jinja"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("facts", heading="Facts about this area"),
        FieldPanel("partners", heading="Partners in this area"),
        FieldPanel("links", heading="Other websites"),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("facts"),
        index.SearchField("partners"),
    ]

    class Meta:
        verbose_name = "page about Liaison and Diversion"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is true everywhere, as it is today."""
        return super().get_context(request, *args, **kwargs) | {
            "groups": facts.GROUPS,
            "bodies": bodies.partners(),
            "gone": bodies.gone(),
            "outside": self.ways_outside(),
        }

    def ways_outside(self) -> list[dict[str, Any]]:
        """Every way to another website that is still there, with the day on which somebody last followed it."""
        found = []
        for block in self.links:
            value = block.value
            listed = next(iter(bodies.living([value["listed"]])), None) if value["listed"] else None
            if listed or value["address"]:
                found.append(
                    {
                        "text": listed.name if listed else value["text"],
                        "says": value["says"] or (listed.does if listed else ""),
                        "note": listed.note if listed else "",
                        "address": listed.address if listed else value["address"],
                        "checked_on": value["checked_on"],
                        "written": None if listed else block,
                    }
                )
        return [way for way in found if way["address"]]

"""Get involved: the ways of taking part (S28)."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.about import WayBlock
from cms.models.base import SitePage
from cms.ways import SHIPPED_FIRST

FIRST_WAYS = [("way", {"listed": code, "name": "", "words": "", "how": ""}) for code in SHIPPED_FIRST]


class InvolvementPage(SitePage):
    """Ways of taking part: it starts with three that every scheme has, and a scheme adds its own."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")
    ways = StreamField(StreamBlock([("way", WayBlock())], required=False), blank=True, default=FIRST_WAYS)

    page_description = "How somebody can take part. Much of it is filled in."
    template = "cms/involvement_page.jinja"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("ways")]

    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("ways")]

    class Meta:
        verbose_name = "“Get involved” page"

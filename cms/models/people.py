"""Who works here, and with whom."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.people import PeopleGroup, people_shown
from cms.models.base import SitePage


class PeoplePage(SitePage):
    """People whom the site names, by the ids of their records: whoever takes it back is gone from here at once."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")
    people = StreamField(StreamBlock([("group", PeopleGroup())], required=False), blank=True)

    page_description = "Members of your team or board, who agreed to be named."
    template = "cms/people_page.jinja"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("people")]

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "page of people"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everybody in it who agrees today."""
        return super().get_context(request, *args, **kwargs) | {"everybody": people_shown(self.people)}

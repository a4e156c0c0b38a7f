"""A page of words and pictures."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import Body
from cms.models.base import SitePage


class StandardPage(SitePage):
    """A page of words and pictures."""

    body = StreamField(Body(required=False), blank=True)

    page_description = "Your own words and pictures, for whatever has no kind of its own."
    template = "cms/standard_page.jinja"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "standard page"

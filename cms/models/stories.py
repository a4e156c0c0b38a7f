"""Stories: what changed, told by an editor around points that show how they stand when somebody reads them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import answers, showing
from cms.blocks.points import StoryBody
from cms.languages import read_here
from cms.models.base import SitePage
from tenants.feedback.queries import pairs_by_id

ON_A_PAGE = 20


class StoryIndexPage(SitePage):
    """All stories, the newest first."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/story_index_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "list of stories"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of them."""
        stories = read_here(StoryPage.newest())
        found: ListPage[StoryPage] = Paginator(stories, ON_A_PAGE).get_page(request.GET.get("page", 1))
        return super().get_context(request, *args, **kwargs) | {
            "stories": found, "firsts": showing.first_of_each(found),
        }  # fmt: skip

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """The pages that there are."""
        return {"page": [str(number) for number in context["stories"].paginator.page_range]}


class StoryPage(SitePage):
    """One change: an editor's words and pictures around what people said and what was done about it."""

    introduction = models.TextField(
        "in short", max_length=300,
        help_text="One or two short sentences: what changed. Lists of stories and papers show it.",
    )  # fmt: skip
    body = StreamField(StoryBody(required=False), blank=True)

    page_description = "Something that changed after people spoke up: your words, with what they said and the answer."
    template = "cms/story_page.jinja"
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = "story"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its points, as they stand now: what may not be read any more is not among them."""
        return super().get_context(request, *args, **kwargs) | {"points": pairs_by_id(answers.points_in(self.body))}

    @classmethod
    def newest(cls) -> QuerySet["StoryPage"]:
        """Those that everybody may read, the newest first."""
        found: QuerySet[StoryPage] = cls.objects.live().order_by("-first_published_at", "pk")
        return found

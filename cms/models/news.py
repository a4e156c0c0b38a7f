"""News, and issues of a newsletter."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import showing
from cms.blocks import Body
from cms.languages import read_here
from cms.models.base import SitePage
from kit import clock

ON_A_PAGE = 20


class NewsIndexPage(SitePage):
    """All news, the newest first."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/news_index_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "list of news"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the news."""
        news = Paginator(read_here(newest(NewsPage.objects.all())), ON_A_PAGE).get_page(request.GET.get("page", 1))
        return super().get_context(request, *args, **kwargs) | {
            "news": news, "firsts": showing.first_of_each(news),
        }  # fmt: skip

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """The pages that there are."""
        return {"page": [str(number) for number in context["news"].paginator.page_range]}


class NewsPage(SitePage):
    """Something new, or an issue of the newsletter."""

    class Kind(models.TextChoices):
        NEWS = "news", "News"
        NEWSLETTER = "newsletter", "Newsletter"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    day = models.DateField(default=clock.today, help_text="The day that stands under the title.")
    issue = models.CharField(max_length=40, blank=True, help_text="Of a newsletter, such as: Issue 4, spring 2027.")
    summary = models.TextField(max_length=300, help_text="One or two short sentences, for the list and for the top.")
    body = StreamField(Body(required=False), blank=True)

    page_description = "What is new, with a day."
    template = "cms/news_page.jinja"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("day"),
        FieldPanel("issue"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = "news"


def newest(news: QuerySet[NewsPage]) -> QuerySet[NewsPage]:
    """The newest first."""
    return news.order_by("-day", "-first_published_at", "-pk")

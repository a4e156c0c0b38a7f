"""The front door of a scheme's site."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import answers, showing
from cms.blocks import Body
from cms.languages import own_first, read_here
from cms.models.answers import AnswersPage
from cms.models.base import TITLE_ALONE, SitePage
from cms.models.events import EventPage, coming
from cms.models.news import NewsPage, newest
from cms.models.resources import ResourceIndexPage, ResourcePage
from cms.models.stories import StoryIndexPage, StoryPage

LATEST_STORIES = 3
SHOWN = 2


class HomePage(SitePage):
    """The front door: what changed, and the two ways in."""

    introduction = models.TextField(
        blank=True, max_length=500, help_text="One or two short sentences under the name of the service."
    )
    body = StreamField(Body(required=False), blank=True)

    template = "cms/home_page.jinja"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [TITLE_ALONE, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels = [FieldPanel("search_description")]
    # It is always there: nobody gives it a day to go.
    settings_panels: list[Panel] = []

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What changed, the newest answers, and the ways on."""
        below = Page.objects.filter(depth=self.depth + 1).in_menu()
        stories = list(read_here(StoryPage.newest())[:LATEST_STORIES])
        return super().get_context(request, *args, **kwargs) | {
            "done": answers.done_since(answers.first_of_january()),
            "pairs": answers.latest(),
            "answers_page": read_here(AnswersPage.objects.all()).first(),
            "stories": stories,
            "firsts": showing.first_of_each(stories),
            "stories_page": read_here(StoryIndexPage.objects.all()).first(),
            "resources_page": _things_to_print(),
            "coming": read_here(coming(EventPage.objects.filter(called_off=False)))[:SHOWN],
            "news": read_here(newest(NewsPage.objects.all()))[:SHOWN],
            "further": read_here(below.not_type(AnswersPage)).order_by(own_first(), "path"),
        }


def _things_to_print() -> ResourceIndexPage | None:
    """The list of them, once there is one."""
    if not ResourcePage.newest().exists():
        return None
    found: ResourceIndexPage | None = read_here(ResourceIndexPage.objects.all()).first()
    return found

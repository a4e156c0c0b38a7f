"""The three kinds of page that a scheme's site is made of."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import answers
from cms.blocks import Body
from kit.erasure import about_nobody


class HomePage(Page):
    """The front door: what changed, and the two ways in."""

    about = about_nobody("Words that a scheme publishes about itself.")

    introduction = models.TextField(
        blank=True, max_length=500, help_text="One or two short sentences under the name of the service."
    )
    body = StreamField(Body(required=False), blank=True)

    template = "cms/home_page.jinja"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StandardPage", "cms.AnswersPage"]
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What changed, the newest answers, and the ways on."""
        children = self.get_children().live().in_menu()
        return super().get_context(request, *args, **kwargs) | {
            "done": answers.done_since(answers.first_of_january()),
            "pairs": answers.latest(),
            "answers_page": AnswersPage.objects.live().first(),
            "further": children.type(StandardPage),
        }


class StandardPage(Page):
    """A page of words and pictures."""

    about = about_nobody("Words that a scheme publishes about itself.")

    body = StreamField(Body(required=False), blank=True)

    template = "cms/standard_page.jinja"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "standard page"


class AnswersPage(Page):
    """“You said, we did”: fills itself with what people said and what was done about it."""

    about = about_nobody("Words that a scheme publishes about itself.")

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/answers_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    # Its address is known to other pages, so it is not for changing.
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = "“You said, we did” page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The answers that the address asks for."""
        return super().get_context(request, *args, **kwargs) | {
            "listing": answers.listing(request, request.scheme_here)  # type: ignore[attr-defined]
        }

"""“You said, we did”: the list of all answers."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, Panel

from cms import answers
from cms.models.base import TITLE_ALONE, SitePage


class AnswersPage(SitePage):
    """“You said, we did”: fills itself with what people said and what was done about it."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/answers_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [TITLE_ALONE, FieldPanel("introduction")]
    # Its address is known to other pages, so it is not for changing.
    promote_panels = [FieldPanel("search_description")]
    # It is always there: nobody gives it a day to go.
    settings_panels: list[Panel] = []

    class Meta:
        verbose_name = "“You said, we did” page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The answers that the address asks for."""
        return super().get_context(request, *args, **kwargs) | {
            "listing": answers.listing(request, request.scheme_here)  # type: ignore[attr-defined]
        }

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """The filters with what they offer, and the pages that there are."""
        listing: answers.Listing = context["listing"]
        return {**listing.filters.offered, "page": [str(number) for number in listing.answers.paginator.page_range]}

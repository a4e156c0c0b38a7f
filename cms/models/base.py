"""What every page of a scheme's site has in common."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from kit import page_cache
from kit.erasure import about_nobody

PUBLISHED_WORDS = "Words that a scheme publishes about itself."


class SitePage(Page):
    """A page that everybody may read: none is private, and none says anything of a person's record."""

    about = about_nobody(PUBLISHED_WORDS)

    private_page_options: list[str] = []
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("show_in_menus")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, which may be kept in memory: whoever is not signed in reads what all others read."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return page_cache.offer(request, response, choices=self.choices(getattr(response, "context_data", None) or {}))

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """What may stand in the query of this page's address, by name: all of it is something that the page offers."""
        return {}

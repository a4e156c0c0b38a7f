"""The Easy Read twin of a page: the same in few words, each idea beside a picture (ADR 0057)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms import easy_read, limits, papers
from cms.blocks import Ideas
from cms.errors import TooOften
from cms.models.base import EASY_READ, TITLE_ALONE, SitePage
from cms.models.hard_words import HardWord
from kit import page_cache, paper

ON_PAPER = ["pdf"]


class EasyReadPage(SitePage):
    """The twin of the page above it, at that page's address and `easy-read/`."""

    ideas = StreamField(Ideas())

    is_twin = True
    page_description = "What stands on the page above, in short sentences with pictures. Not for something new."
    template = "cms/easy_read_page.jinja"
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = False
    content_panels = [TITLE_ALONE, FieldPanel("ideas")]
    # Its address is known to the page above it, so it is not for changing.
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = "Easy Read page"

    @classmethod
    def get_verbose_name(cls) -> str:
        """What it is to whoever chooses among kinds of pages, where it stands after those that are something new."""
        return "This page in Easy Read"

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Nothing stands below a twin."""
        return []

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Any page of a scheme's site has a twin, but for a twin."""
        found = super().clean_parent_page_models()
        return [one for one in found if issubclass(one, SitePage) and one is not EasyReadPage]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Its address is always the same one below its page's."""
        self.slug = EASY_READ
        super().full_clean(*args, **kwargs)

    def get_admin_display_title(self) -> str:
        """Told apart from its page in the editor's lists."""
        return f"Easy Read: {super().get_admin_display_title()}"

    @property
    def whole(self) -> Page:
        """The page whose twin it is."""
        return self.get_parent()

    @property
    def is_cancelled(self) -> bool:
        """Whether its page tells of an event that will not happen."""
        return bool(getattr(self.whole.specific, "called_off", False))

    @property
    def whole_changed_on(self) -> datetime | None:
        """When its page was published after it; nothing where the two go together."""
        changed: datetime | None = self.whole.last_published_at
        mine = self.last_published_at
        return changed if changed and mine and changed > mine else None

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        """As a page or on paper; not there while its page is not."""
        if not self.whole.live or list(path_components) not in ([], ON_PAPER):
            raise Http404
        found: RouteResult = super().route(request, [])
        return RouteResult(found.page, kwargs={"on_paper": True}) if path_components else found

    def serve(self, request: HttpRequest, *args: Any, on_paper: bool = False, **kwargs: Any) -> HttpResponse:
        """The page, or the same as tagged PDF in print of 14 points."""
        if on_paper:
            if not limits.may_make_paper(request):
                raise TooOften(limits.TOO_MANY)
            title = _("Cancelled: %(title)s") % {"title": self.title} if self.is_cancelled else self.title
            made = papers.easy_read(title, self.reading())
            return page_cache.offer(request, paper.as_download(made, "easy-read.pdf"))
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its ideas, the hard words in them, and the way to its page."""
        return super().get_context(request, *args, **kwargs) | {"reading": self.reading(), "whole": self.whole}

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """By whichever way it comes to be published, an idea that is hard to read is refused with its sentence."""
        easy_read.check(revision.as_object())
        super().publish(revision, *args, **kwargs)

    def reading(self) -> easy_read.Reading:
        """What it shows."""
        return easy_read.read(self.ideas, list(HardWord.objects.all()))

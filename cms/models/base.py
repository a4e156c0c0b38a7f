"""What every page of a scheme's site has in common."""

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from kit.erasure import about_nobody

PUBLISHED_WORDS = "Words that a scheme publishes about itself."


class SitePage(Page):
    """A page that everybody may read: none is private, and none says anything of a person's record."""

    about = about_nobody(PUBLISHED_WORDS)

    private_page_options: list[str] = []
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("show_in_menus")]

    class Meta:
        abstract = True

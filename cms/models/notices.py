"""Accessibility statement, privacy notice and cookies: our words with gaps, completed by the scheme."""

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import RichWords
from cms.errors import OpenGaps
from cms.models.base import SitePage, SitePageForm
from cms.notice_words import KINDS, gaps_in

HOW = (
    "<p>These are our words. Fill in every gap that looks like [[this]]: put your own words in place of the two "
    "brackets and what stands between them. You can change the other words too. While a gap is open, the page cannot "
    "be published; trying to publish says which are open. What the website itself does is added below by itself.</p>"
)


class NoticeForm(SitePageForm):
    """What is handed in, scheduled or published has no gap; a draft may."""

    def clean(self) -> Any:
        """Say which gaps are open, beside the words."""
        cleaned = super().clean()
        gaps = gaps_in([str(block.value) for block in cleaned.get("body") or []])
        if gaps and not self.is_deferred_validation:
            self.add_error("body", what_is_open(gaps))
        return cleaned


class NoticePage(SitePage):
    """One of the three notices. Once it is published, the foot of every page leads to it."""

    kind = models.CharField(max_length=13, choices=list(KINDS.items()), editable=False)
    body = StreamField(
        StreamBlock(
            [
                ("heading", CharBlock(max_length=120, icon="title", template="cms/blocks/heading.jinja")),
                ("paragraph", RichWords(icon="pilcrow", template="cms/blocks/paragraph.jinja")),
            ]
        ),
        blank=True,
    )

    template = "cms/notice_page.jinja"
    base_form_class = NoticeForm
    # Each site has its three from the start.
    is_creatable = False
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, HelpPanel(HOW), FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "notice"

    @property
    def open_gaps(self) -> list[str]:
        """What the scheme has not filled in yet."""
        return gaps_in([str(block.value) for block in self.body])

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """By whichever way it comes to be published, never with an open gap."""
        if gaps := revision.as_object().open_gaps:
            raise OpenGaps(what_is_open(gaps))
        super().publish(revision, *args, **kwargs)


def what_is_open(gaps: list[str]) -> str:
    """What an editor reads who tries to publish a notice with gaps."""
    return f"This page cannot be published yet. Fill in: {'; '.join(gaps)}."

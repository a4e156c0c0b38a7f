"""Things to print and to share: made here from points as they stand, or uploaded (S34)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.papers import PaperBody
from cms.languages import read_here
from cms.models.base import SitePage
from cms.models.papers import UploadedPaper
from cms.printed import content_of
from kit.languages import said
from tenants.feedback.rules import Sheet

ONE_OF_TWO = "Make it from answers and stories, or choose a PDF: one of the two"


class Kind(models.TextChoices):
    """The ways of telling many people (S34)."""

    POSTER = "poster", N_("Poster")
    LEAFLET = "leaflet", N_("Leaflet")
    NEWSLETTER = "newsletter", N_("Newsletter")
    EXHIBITION = "exhibition", N_("Exhibition")


PRINTED_ON: dict[str, str] = {
    Kind.LEAFLET: N_("For A4 paper, to print on both sides and fold once."),
    Kind.NEWSLETTER: N_("For A4 paper."),
    Kind.EXHIBITION: N_("For A3 paper, one sheet for each panel."),
}
ON_A3 = N_("For A3 paper.")


class ResourceIndexPage(SitePage):
    """Everything there is to print and to share, kind by kind."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/resource_index_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ResourcePage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "list of things to print"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each kind of which there is something."""
        found = list(read_here(ResourcePage.newest()))
        kinds = [(said(kind.label), [page for page in found if page.kind == kind]) for kind in Kind]
        return super().get_context(request, *args, **kwargs) | {"kinds": [one for one in kinds if one[1]]}


class ResourcePage(SitePage):
    """A poster, a leaflet, a newsletter or an exhibition."""

    kind = models.CharField("what it is", max_length=10, choices=Kind)
    sheet = models.CharField("paper of a poster", max_length=2, choices=Sheet, default=Sheet.A4)
    introduction = models.TextField(
        "in short", max_length=300, help_text="One or two short sentences. They stand on the page and on the paper."
    )
    body = StreamField(PaperBody(required=False), blank=True)
    uploaded = models.ForeignKey(
        UploadedPaper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="PDF"
    )

    page_description = "A poster, leaflet, newsletter or exhibition made of answers, or a PDF of your own."
    template = "cms/resource_page.jinja"
    parent_page_types = ["cms.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("sheet"), FieldPanel("introduction")], heading="What it is"),
        HelpPanel("<p>Make it here from answers and stories, or choose a PDF below. One of the two.</p>"),
        FieldPanel("body", heading="Made here"),
        FieldPanel("uploaded", heading="A PDF of your own"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = "thing to print"

    def clean(self) -> None:
        """Made here or uploaded, and not both."""
        super().clean()
        if self.uploaded_id and len(self.body):
            raise ValidationError({"uploaded": ONE_OF_TWO})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is on it, as it stands now."""
        content = content_of(self.body)
        return super().get_context(request, *args, **kwargs) | {
            "points": content.points,
            "stories": content.stories,
            "printed_on": self.printed_on,
            "has_paper": bool(self.uploaded_id) or not content.is_empty,
        }

    @property
    def printed_on(self) -> str:
        """On which paper, in words."""
        on_a3 = self.kind == Kind.POSTER and self.sheet == Sheet.A3
        return said(ON_A3 if on_a3 else PRINTED_ON.get(self.kind, PRINTED_ON[Kind.NEWSLETTER]))

    @classmethod
    def newest(cls) -> QuerySet["ResourcePage"]:
        """Those that everybody may read, the newest first."""
        found: QuerySet[ResourcePage] = cls.objects.live().order_by("-first_published_at", "pk")
        return found

"""PDFs that editors upload: written anew, under names that cannot be guessed, in the folder of the scheme."""

from uuid import uuid4

from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.models.base import PUBLISHED_WORDS
from kit import clock, scope
from kit.erasure import about_nobody

PAPERS = "papers"


def random_name(paper: "UploadedPaper", filename: str) -> str:
    """A name that says nothing of the file's own, in this scheme's folder."""
    return f"{scope.current()}/{PAPERS}/{uuid4().hex}.pdf"


class UploadedPaper(models.Model):
    """A PDF that a scheme gives to everybody. Nobody reaches it but by a page that shows it."""

    about = about_nobody(PUBLISHED_WORDS, files=["file"])

    title = models.CharField(max_length=120, help_text="What it is called, such as “Your rights, in Easy Read”.")
    file = models.FileField(upload_to=random_name, max_length=200, help_text="A PDF with at most 10 MB and 200 pages.")
    pages = models.PositiveIntegerField(default=0, editable=False)
    # Whether reading software can tell its headings and its order.
    is_tagged = models.BooleanField(default=False, editable=False)
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)

    panels = [FieldPanel("title"), FieldPanel("file")]

    class Meta:
        ordering = ("-uploaded_at", "pk")
        verbose_name = "uploaded PDF"

    def __str__(self) -> str:
        return self.title

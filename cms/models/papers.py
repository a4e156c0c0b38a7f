"""PDFs that editors upload: written anew, under names that cannot be guessed, in the folder of the scheme."""

from uuid import uuid4

from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.models.base import PUBLISHED_WORDS
from kit import clock, scope
from kit.erasure import about_nobody

PAPERS = "papers"
# Nobody but who made it knows of whom a PDF tells: it is deleted by hand at once, and by the clock after its last page.
IT_GOES = " It can be deleted, and goes some days after the last page that shows it."


def random_name(paper: "UploadedPaper", filename: str) -> str:
    """A name that says nothing of the file's own, in this scheme's folder."""
    return f"{scope.current()}/{PAPERS}/{uuid4().hex}.pdf"


class UploadedPaper(models.Model):
    """A PDF that a scheme gives to everybody. Nobody reaches it but by a page that shows it."""

    about = about_nobody(PUBLISHED_WORDS + IT_GOES, files=["file"])

    title = models.CharField(max_length=120, help_text="What it is called, such as “Your rights, in Easy Read”.")
    file = models.FileField(upload_to=random_name, max_length=200, help_text="A PDF with at most 10 MB and 200 pages.")
    pages = models.PositiveIntegerField(default=0, editable=False)
    # Whether reading software can tell its headings and its order.
    is_tagged = models.BooleanField(default=False, editable=False)
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    # Since when no page and no draft has it; some days later it goes (ADR 0063).
    unused_since = models.DateTimeField(null=True, editable=False)

    panels = [FieldPanel("title"), FieldPanel("file")]

    class Meta:
        ordering = ("-uploaded_at", "pk")
        verbose_name = "uploaded PDF"

    def __str__(self) -> str:
        return self.title

"""Which uploaded PDFs there are, and which of them a page has."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.shortcuts import get_object_or_404
from wagtail.models import Revision

from cms.models import ResourcePage, UploadedPaper


def papers_on_pages() -> set[int]:
    """The keys of those that a page has: as it stands, as a draft, or as it comes on the site on its day."""
    pages = ResourcePage.objects.exclude(uploaded=None).values_list("uploaded", flat=True)
    kind = ContentType.objects.get_for_model(ResourcePage)
    drafts = Revision.objects.filter(
        Q(pk__in=ResourcePage.objects.values("latest_revision")) | Q(approved_go_live_at__isnull=False),
        content_type=kind,
    )
    chosen = drafts.values_list("content__uploaded", flat=True)
    return {*pages, *(int(one) for one in chosen if one)}


def papers() -> list[tuple[UploadedPaper, bool]]:
    """Each, the newest first, and whether a page has it."""
    used = papers_on_pages()
    return [(one, one.pk in used) for one in UploadedPaper.objects.all()]


def uploaded(paper_id: int) -> UploadedPaper:
    """One of them."""
    return get_object_or_404(UploadedPaper, pk=paper_id)

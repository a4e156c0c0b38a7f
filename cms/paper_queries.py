"""Which uploaded PDFs there are, and which of them a page has."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.shortcuts import get_object_or_404
from wagtail.models import Page, Revision

from cms.models import ResourcePage, UploadedPaper


def papers_on_pages() -> set[int]:
    """The keys of those that a page has."""
    return {paper for paper, _ in _chosen()}


def papers() -> list[tuple[UploadedPaper, list[Page]]]:
    """Each, the newest first, with the pages and drafts that have it."""
    chosen = sorted(_chosen())
    pages = Page.objects.in_bulk({page for _, page in chosen})
    return [
        (one, [pages[page] for paper, page in chosen if paper == one.pk and page in pages])
        for one in UploadedPaper.objects.all()
    ]


def _chosen() -> set[tuple[int, int]]:
    """Which PDF is on which page: as it stands, as a draft, or as it comes on the site on its day."""
    pages = ResourcePage.objects.exclude(uploaded=None).values_list("uploaded", "pk")
    kind = ContentType.objects.get_for_model(ResourcePage)
    drafts = Revision.objects.filter(
        Q(pk__in=ResourcePage.objects.values("latest_revision")) | Q(approved_go_live_at__isnull=False),
        content_type=kind,
    )
    chosen = drafts.values_list("content__uploaded", "object_id")
    return {*pages, *((int(paper), int(page)) for paper, page in chosen if paper)}


def uploaded(paper_id: int) -> UploadedPaper:
    """One of them."""
    return get_object_or_404(UploadedPaper, pk=paper_id)

"""Uploaded PDFs that no page has any more: deleted by hand at once, or by the clock some days later."""

from datetime import timedelta

from django.db import transaction

import audit
from cms import paper_queries as queries
from cms.errors import StillShown
from cms.models import UploadedPaper
from kit import clock
from people.models import Person

# So long it can be chosen for another page, or its page be written after it was uploaded.
DAYS_UNUSED = 14


@transaction.atomic
def delete_paper(*, paper: UploadedPaper, by: Person | None) -> None:
    """Delete a PDF with its file, where no page and no draft has it."""
    # Whoever chooses it for a page meanwhile waits for this row.
    paper = UploadedPaper.objects.select_for_update().get(pk=paper.pk)
    if paper.pk in queries.papers_on_pages():
        raise StillShown("A page or a draft has this PDF. Take it off there first, and publish the page.")
    audit.record(by=by, operation="erase", what="deleted an uploaded document", thing=paper)
    file = paper.file
    paper.delete()
    # Before the commit: if it fails, all of it is done again, whereas a file forgotten after it would stay for ever.
    file.storage.delete(str(file.name))


@transaction.atomic
def delete_what_no_page_has() -> None:
    """Delete PDFs that no page has had for `DAYS_UNUSED` days, and begin to count for others. Called in a schema."""
    used = queries.papers_on_pages()
    unused = UploadedPaper.objects.exclude(pk__in=used)
    UploadedPaper.objects.filter(pk__in=used, unused_since__isnull=False).update(unused_since=None)
    unused.filter(unused_since=None).update(unused_since=clock.now())
    for paper in unused.filter(unused_since__lte=clock.now() - timedelta(days=DAYS_UNUSED)):
        delete_paper(paper=paper, by=None)

"""What the audit's page asks."""

from django.core.paginator import Page, Paginator

from audit.models import Entry

ON_A_PAGE = 50


def recent(page: int | str = 1) -> Page[Entry]:
    """One page of the entries of the schema entered, the newest first."""
    return Paginator(Entry.objects.newest_first(), ON_A_PAGE).get_page(page)

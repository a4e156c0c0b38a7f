"""Where a page of the site stands that was moved, or whose address was changed.

Each address that a live page has is kept when it gets it, so that nothing need be known of it later. Wagtail's
middleware would look for it behind every answer that something is not here, on the platform too, where no table is.
"""

from django.db import transaction
from django.db.models import Max, Min
from django.db.models.functions import Length
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.errors import AddressTooLong
from cms.languages import address, homes, spoken
from kit.languages import prefix

# Signs of an address with the part for its language, without the last stroke; the column has room for one more.
LONGEST = 254
TOO_LONG = (
    "The address of this page, or of one below it, would have more than 254 letters and signs. "
    "Choose a shorter address, or put it nearer to the first page."
)


@transaction.atomic
def keep_addresses(*, page: Page) -> None:
    """Keep where a page and the live pages below it stand now; whatever stood there before has lost it."""
    site = Site.objects.get(is_default_site=True)
    code, home = next((code, home) for code, home in homes().items() if page.path.startswith(home.path))
    if page.depth <= home.depth:
        return
    standing = Page.objects.live().descendant_of(page, inclusive=True)
    root, language = len(home.url_path), prefix(code)
    Redirect.objects.bulk_create(
        [
            Redirect(
                old_path=Redirect.normalise_path(f"{language}/{url_path[root:]}"),
                site=site,
                redirect_page_id=pk,
                automatically_created=True,
            )
            for pk, url_path in standing.values_list("pk", "url_path")
        ],
        update_conflicts=True,
        unique_fields=["old_path", "site"],
        update_fields=["redirect_page"],
    )


def is_too_long(page: Page, *, below: Page) -> bool:
    """Whether a page, or one of those that hang on it, would stand below that one at an address too long to be kept."""
    for code, home in homes().items():
        if below.path.startswith(home.path):
            stands = f"{prefix(code)}/{below.url_path[len(home.url_path) :]}{page.slug}"
            return len(stands) + _further_down(page) > LONGEST
    return False


def refuse_too_long(page: Page, *, below: Page) -> None:
    """Raise `AddressTooLong` where it is."""
    if is_too_long(page, below=below):
        raise AddressTooLong(TOO_LONG)


def _further_down(page: Page) -> int:
    """By how many signs the longest address of those below a page is longer than its own, as they stand."""
    size = Length("url_path")
    pages = Page.objects.descendant_of(page, inclusive=True) if page.pk else Page.objects.none()
    found: int | None = pages.aggregate(more=Max(size) - Min(size))["more"]
    return found or 0


def moved_to(path: str) -> str | None:
    """The address of the live page that stood at this path before; None where that leads nowhere else.

    An English page stood in the frame of each language too.
    """
    paths = [path, path.removeprefix(prefix(spoken()))]
    kept = Redirect.objects.filter(old_path__in=map(Redirect.normalise_path, paths), redirect_page__live=True)
    for row in kept.select_related("redirect_page").order_by("-old_path"):
        there = address(row.redirect_page)
        # A page that is back where it was, but not to be read, would lead to itself for ever.
        if there and there != path:
            return there
    return None

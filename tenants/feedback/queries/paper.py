"""What is on paper: slips that can be used, the batches they came in, and letters that wait."""

import re

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from kit import codes
from kit.ids import as_id
from tenants.feedback.models import PrintedSlip, SlipBatch, Told

BATCHES_ON_A_PAGE = 25


def slip_of_address(given: str) -> PrintedSlip | None:
    """The slip whose picture led here, if something can be told with it."""
    slip_id = as_id(given)
    return PrintedSlip.objects.unused().filter(pk=slip_id).first() if slip_id else None


def slip_typed(typed: str) -> PrintedSlip | None:
    """The slip with this number or code, if something can be told with it; raises `BadCode` if it can be neither."""
    figures = re.sub(r"[\s-]", "", typed)
    if re.fullmatch(r"[0-9]{8}", figures):
        return PrintedSlip.objects.unused().filter(number=int(figures)).first()
    if re.fullmatch(r"[0-9]+", figures):
        found = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
        raise codes.BadCode(f"The number of a slip has 8 figures. We found {found}. Check the foot of the slip.")
    return PrintedSlip.objects.unused().filter(slip=codes.fingerprint(typed)).first()


def slip_batches(*, page: int | str = 1) -> Page[SlipBatch]:
    """Slips that were printed, the newest first."""
    return Paginator(SlipBatch.objects.with_counts(), BATCHES_ON_A_PAGE).get_page(page)


def batches_to_cancel() -> QuerySet[SlipBatch]:
    """Those of which slips can still be used."""
    return SlipBatch.objects.with_counts().not_cancelled()


def letters_to_post() -> QuerySet[Told]:
    """Letters that nobody has put in the post."""
    return Told.objects.letters_to_post().select_related("round__point", "sayer")


def letters_to_make() -> QuerySet[Told]:
    """Those of them that need no human to make them first."""
    return Told.objects.letters_to_post().made_by_us()

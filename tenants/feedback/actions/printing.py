"""Slips are printed, used once, and taken back (ADR 0050)."""

import secrets
import uuid
from itertools import count

from django.db import transaction

import audit
from kit import clock, codes
from people.models import Person
from tenants.feedback import papers
from tenants.feedback.errors import SlipNotUsable, TooManySlips
from tenants.feedback.models import PrintedSlip, SlipBatch
from tenants.feedback.papers import OnPaper
from tenants.schemes.models import Scheme

# Each unused slip is a code that a guess could hit: as many as any waiting room needs, and no more.
MOST_UNUSED = 3_000
LOWEST, HIGHEST = 10_000_000, 99_999_999
NOT_USABLE = "This paper slip cannot be used now. Go on without it, and there is a new code at the end."


@transaction.atomic
def print_slips(
    *, many: int, site_id: uuid.UUID | None, mark: uuid.UUID, by: Person, client_key: uuid.UUID | None = None
) -> SlipBatch | None:
    """So many slips to print. Their codes come from `mark`, which is kept nowhere here: a lost paper is a new batch.

    Nothing is made when the form of `client_key` comes again: the first mark alone tells the codes of its slips.
    """
    batch, is_new = _batch(site_id, by, client_key)
    if not is_new:
        return None
    unused = PrintedSlip.objects.unused().count()
    if unused + many > MOST_UNUSED:
        raise TooManySlips(
            f"There are {unused} slips that nobody has used, and there can be {MOST_UNUSED}. "
            "Print fewer, or cancel slips that you no longer need.",
            field="many",
        )
    PrintedSlip.objects.bulk_create(
        PrintedSlip(batch=batch, slip=codes.fingerprint(code), number=number)
        for code, number in zip(_codes(many, mark), _numbers(many), strict=True)
    )
    audit.record(by=by, operation="change", what="printed slips", thing=batch)
    return batch


def _batch(site_id: uuid.UUID | None, by: Person, client_key: uuid.UUID | None) -> tuple[SlipBatch, bool]:
    """A new batch, and whether it is new: whoever sends the same form at the same moment waits here."""
    new = {"site_id": site_id, "printed_by_id": by.pk}
    if client_key is None:
        return SlipBatch.objects.create(**new), True
    return SlipBatch.objects.get_or_create(client_key=client_key, defaults=new)


def paper_of_slips(*, batch: SlipBatch, mark: uuid.UUID, scheme: Scheme, large: bool) -> bytes:
    """The paper of a batch, for whoever has its mark."""
    found = {one.slip: one for one in batch.slips.all()}
    made = [(code, found.get(codes.fingerprint(code))) for code in _codes(len(found), mark)]
    slips = [OnPaper(one.pk, code, one.number) for code, one in made if one]
    return papers.slips(slips, origin=scheme.origin, printed_at=batch.printed_at, large=large)


@transaction.atomic
def cancel_slips(*, batch: SlipBatch, by: Person) -> SlipBatch:
    """Nobody can tell us anything with the slips of this batch any more; those that were used open their answers."""
    batch = SlipBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.cancelled_at is None:
        batch.cancelled_at, batch.cancelled_by_id = clock.now(), by.pk
        batch.save(update_fields=["cancelled_at", "cancelled_by_id"])
        audit.record(by=by, operation="change", what="cancelled printed slips", thing=batch)
    return batch


def use_slip(*, slip_id: uuid.UUID) -> str:
    """The fingerprint of a slip, which is used from now on: of two who use it at once, one is refused."""
    slip = PrintedSlip.objects.unused().select_for_update(of=("self",)).filter(pk=slip_id).first()
    if slip is None:
        raise SlipNotUsable(NOT_USABLE, field="paper")
    slip.used_on = clock.today()
    slip.save(update_fields=["used_on"])
    return slip.slip


def _codes(many: int, mark: uuid.UUID) -> list[str]:
    """So many codes, the same ones for the same mark."""
    drawn: dict[str, None] = {}
    numbers = count()
    while len(drawn) < many:
        drawn[codes.code_for(uuid.uuid5(mark, str(next(numbers))))] = None
    return list(drawn)


def _numbers(many: int) -> list[int]:
    """Numbers that no slip here has, and far apart: one that is mistyped is hardly ever that of another slip."""
    drawn: set[int] = set()
    while len(drawn) < many:
        more = {LOWEST + secrets.randbelow(HIGHEST - LOWEST + 1) for _ in range(many - len(drawn))}
        drawn |= more - set(PrintedSlip.objects.filter(number__in=more).values_list("number", flat=True))
    return list(drawn)

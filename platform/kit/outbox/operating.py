"""What whoever operates the service sees of the outbox, and can do about it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kit import clock
from kit.models import OutboxMessage, OutboxQuerySet
from kit.outbox.errors import NotDead
from kit.outbox.waking import wake
from kit.outbox.working import BEGUN


def waiting_count() -> int:
    """How many messages are still to be done, those for later included."""
    return OutboxMessage.objects.waiting().count()


def undone_count(kinds: Collection[str], *, schema: str = "") -> int:
    """How many messages of these kinds wait, or failed too often and wait for a person: of one schema, or of all."""
    asked = OutboxMessage.objects.filter(kind__in=kinds, **({"schema": schema} if schema else {}))
    # Two statements, for each has an index of its own, and done messages stay for a month.
    return asked.waiting().count() + asked.dead().count()


def waiting_payloads(kind: str, *, schema: str) -> Sequence[dict[str, object]]:
    """What the messages of a kind carry that are still to be done in a schema."""
    return list(OutboxMessage.objects.waiting().filter(kind=kind, schema=schema).values_list("payload", flat=True))


def given_up(kinds: Collection[str], *, schema: str = "") -> Sequence[tuple[str, datetime]]:
    """Of which schema and when messages of these kinds were laid aside, which stay for good: of one, or of all."""
    asked = OutboxMessage.objects.given_up().filter(kind__in=kinds, **({"schema": schema} if schema else {}))
    return [(schema, at) for schema, at in asked.values_list("schema", "given_up_at") if at]


def is_open(kind: str, *, key_begins: str) -> bool:
    """Whether something promised under such a key is neither done nor laid aside by somebody."""
    return OutboxMessage.objects.filter(kind=kind, key__startswith=key_begins, done_at=None, given_up_at=None).exists()


def dead_letters() -> OutboxQuerySet:
    """Messages that failed too often and now wait for a person, the oldest first."""
    return OutboxMessage.objects.dead().order_by("dead_at")


def held_up() -> OutboxQuerySet:
    """Messages that failed, were broken off more than once, or that nothing here handles; all are tried again."""
    held = OutboxMessage.objects.waiting().exclude(last_error="")
    # A first attempt is most likely being made at this moment.
    return held.exclude(attempts=1, last_error=BEGUN).order_by("due_at")


@transaction.atomic
def retry(*, message: OutboxMessage, by: UUID | None) -> OutboxMessage:
    """Try a dead letter again, at once and as often as a new one."""
    letter = _dead(message)
    letter.dead_at, letter.attempts, letter.due_at, letter.dealt_with_by = None, 0, clock.now(), by
    letter.save(update_fields=["dead_at", "attempts", "due_at", "dealt_with_by"])
    wake()
    return letter


@transaction.atomic
def give_up(*, message: OutboxMessage, by: UUID | None, reason: str) -> OutboxMessage:
    """Lay a dead letter aside for good; the reason stays, what it carried goes."""
    letter = _dead(message)
    letter.given_up_at, letter.given_up_because, letter.dealt_with_by = clock.now(), reason.strip(), by
    letter.payload = {}
    letter.save(update_fields=["given_up_at", "given_up_because", "dealt_with_by", "payload"])
    return letter


def _dead(message: OutboxMessage) -> OutboxMessage:
    letter = OutboxMessage.objects.dead().select_for_update().filter(pk=message.pk).first()
    if letter is None:
        raise NotDead("Somebody has already dealt with this message.")
    return letter

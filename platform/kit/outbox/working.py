"""Doing what the outbox promises: one message, one transaction."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kit import clock, scope
from kit.faults import class_and_place, is_lost, this_connection
from kit.models import OutboxMessage
from kit.outbox.handlers import Message, handlers_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class _Failed(Exception):
    """A message could not be done; carries which one, and why, out of the transaction that is rolled back."""

    def __init__(self, message_id: UUID, attempts: int, error: Exception, connection: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.connection = connection
        self.attempts = attempts
        self.error = error


def work_once(*, limit: int = 100) -> int:
    """Do what is due now, at most `limit` messages; how many were taken up, done or failed."""
    taken = 0
    while taken < limit and _take_up_one():
        taken += 1
    return taken


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: a minute, then four times as long each time, at most six hours.

    The eighth attempt comes 17 hours after the first, so that a night without a mail server makes no dead letters.
    """
    return min(FIRST_PAUSE * 4 ** (attempts - 1), LONGEST_PAUSE)


def _take_up_one() -> bool:
    now = clock.now()
    try:
        with transaction.atomic():
            message = OutboxMessage.objects.due(at=now).select_for_update(skip_locked=True).first()
            if message is None:
                return False
            _do(message, now)
    except _Failed as failed:
        if is_lost(failed.connection):
            # Not the handler's fault: the message still waits, and the worker's loop says what is wrong.
            raise failed.error from None
        _note(failed, now)
    return True


def _do(message: OutboxMessage, now: datetime) -> None:
    handlers = handlers_of(message.kind)
    if not handlers:
        # A newer version may know this kind: it waits, and is never a dead letter.
        message.due_at = now + FIRST_PAUSE
        message.last_error = f"Nothing here handles {message.kind}."
        message.save(update_fields=["due_at", "last_error"])
        return
    connection = this_connection()
    try:
        with scope.enter(message.schema):
            for handler in handlers:
                handler(Message(message.kind, message.schema, message.key, message.payload))
    except Exception as error:
        raise _Failed(message.pk, message.attempts + 1, error, connection) from error
    # In the handlers' own transaction: whatever is killed and when, either all of this happened or none of it.
    message.done_at = now
    message.payload = {}
    message.last_error = ""
    message.save(update_fields=["done_at", "payload", "last_error"])


def _note(failed: _Failed, now: datetime) -> None:
    is_dead = failed.attempts >= MOST_ATTEMPTS
    error = class_and_place(failed.error)
    OutboxMessage.objects.waiting().filter(pk=failed.message_id).update(
        attempts=failed.attempts,
        due_at=now + pause_after(failed.attempts),
        dead_at=now if is_dead else None,
        last_error=error,
    )
    fate = "it is now a dead letter" if is_dead else "it will be tried again"
    logger.warning("Outbox message %s failed %s times, %s: %s", failed.message_id, failed.attempts, fate, error)

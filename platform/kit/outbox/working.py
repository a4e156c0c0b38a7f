"""Doing what the outbox promises: each try is written down first, then the message is done in one transaction."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kit import clock, scope
from kit.faults import class_and_place, is_lost, this_connection
from kit.models import OutboxMessage
from kit.outbox.handlers import Handler, Message, handlers_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
FIRST_PAUSE_BROKEN_OFF = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
BEGUN = "Begun, and not finished yet."
BROKEN_OFF = "The process or the database ended each time before it was done."


class _Failed(Exception):
    """A message could not be done; carries why out of the transaction that is rolled back."""

    def __init__(self, error: Exception, connection: object) -> None:
        super().__init__()
        self.connection = connection
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


def pause_if_broken_off(attempts: int) -> timedelta:
    """How long until the next attempt if nothing says how this one ended, since whoever made it was killed.

    Shorter than after a failure: most often it was a restart or a power cut, and no fault of the message.
    """
    return min(FIRST_PAUSE_BROKEN_OFF * 4 ** (attempts - 1), LONGEST_PAUSE)


def _take_up_one() -> bool:
    now = clock.now()
    message = _begin(now)
    if message is None:
        return False
    handlers = handlers_of(message.kind)
    if message.dead_at is None and handlers:
        _try(message, handlers, now)
    return True


@transaction.atomic
def _begin(now: datetime) -> OutboxMessage | None:
    """Write down, for good, that a message is tried now: a handler that kills the process cannot take this back."""
    message = OutboxMessage.objects.due(at=now).select_for_update(skip_locked=True).first()
    if message is None:
        return None
    if not handlers_of(message.kind):
        # A newer version may know this kind: it waits, and is never a dead letter.
        message.due_at = now + FIRST_PAUSE
        message.last_error = f"Nothing here handles {message.kind}."
    elif message.attempts >= MOST_ATTEMPTS:
        message.dead_at, message.last_error = now, BROKEN_OFF
        logger.warning("Outbox message %s was never finished: it is now a dead letter", message.pk)
    else:
        message.attempts += 1
        message.due_at = now + pause_if_broken_off(message.attempts)
        message.last_error = BEGUN
    message.save(update_fields=["attempts", "due_at", "dead_at", "last_error"])
    return message


def _try(begun: OutboxMessage, handlers: tuple[Handler, ...], now: datetime) -> None:
    try:
        with transaction.atomic():
            # Locked until it is done, however long that takes. Another worker has it if the attempt is not ours. It is
            # waited for: whoever looks for work at this moment may hold it just long enough to see that it is taken.
            waiting = OutboxMessage.objects.waiting().select_for_update()
            message = waiting.filter(pk=begun.pk, attempts=begun.attempts).first()
            if message is not None:
                _do(message, handlers, now)
    except _Failed as failed:
        if is_lost(failed.connection):
            # The worker's loop says what is wrong. The attempt counts: it may be this message that breaks it.
            raise failed.error from None
        _note(begun.pk, begun.attempts, failed.error, now)


def _do(message: OutboxMessage, handlers: tuple[Handler, ...], now: datetime) -> None:
    connection = this_connection()
    try:
        with scope.enter(message.schema):
            for handler in handlers:
                handler(Message(message.kind, message.schema, message.key, message.payload))
    except Exception as error:
        raise _Failed(error, connection) from error
    # In the handlers' own transaction: whatever is killed and when, either all of this happened or none of it.
    message.done_at = now
    message.payload = {}
    message.last_error = ""
    message.save(update_fields=["done_at", "payload", "last_error"])


def _note(message_id: UUID, attempts: int, failure: Exception, now: datetime) -> None:
    is_dead = attempts >= MOST_ATTEMPTS
    error = class_and_place(failure)
    OutboxMessage.objects.waiting().filter(pk=message_id, attempts=attempts).update(
        due_at=now + pause_after(attempts),
        dead_at=now if is_dead else None,
        last_error=error,
    )
    fate = "it is now a dead letter" if is_dead else "it will be tried again"
    logger.warning("Outbox message %s failed %s times, %s: %s", message_id, attempts, fate, error)

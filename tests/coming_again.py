"""Messages that come in any order, and some of them twice: whoever handles them has to bear it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random

from kit import clock
from kit.models import OutboxMessage


def some_come_again(kind: str, *, schema: str, draw: Random, payload: Callable[[], Mapping[str, object]]) -> None:
    """Of the messages of a kind that were done, some wait once more, about something else and in another order."""
    for message in OutboxMessage.objects.filter(kind=kind, schema=schema).exclude(done_at=None):
        if draw.random() < 0.3:
            message.done_at, message.attempts = None, 0
            message.payload = dict(payload())
            message.due_at = clock.now() - timedelta(seconds=draw.random())
            message.save()

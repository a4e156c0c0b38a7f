"""The outbox: what must follow an action is written down in the action's own transaction, and done exactly once.

An action calls `put`; an app above registers with `@handles` in its `handlers.py`; the worker runs `work_forever`
(ADR 0020). Whoever operates the service sees what could not be done, and uses `retry` or `give_up`.
"""

from kit.outbox.errors import NotAnId, NotDead, OutsideTransaction
from kit.outbox.handlers import Message, handled_kinds, handles
from kit.outbox.operating import (
    dead_letters,
    give_up,
    given_up,
    held_up,
    is_open,
    retry,
    undone_count,
    waiting_count,
    waiting_payloads,
)
from kit.outbox.putting import put
from kit.outbox.waking import work_forever
from kit.outbox.working import MOST_ATTEMPTS, work_once

__all__ = [
    "MOST_ATTEMPTS",
    "Message",
    "NotAnId",
    "NotDead",
    "OutsideTransaction",
    "dead_letters",
    "give_up",
    "given_up",
    "handled_kinds",
    "handles",
    "held_up",
    "is_open",
    "put",
    "retry",
    "undone_count",
    "waiting_count",
    "waiting_payloads",
    "work_forever",
    "work_once",
]

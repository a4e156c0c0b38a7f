"""Putting a message into the outbox."""

import re
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from kit import clock, scope
from kit.models import OutboxMessage
from kit.outbox.errors import NotAnId, OutsideTransaction
from kit.outbox.waking import wake

# No space and no @: a sentence or an address cannot slip in where an id belongs.
_LIKE_AN_ID = re.compile(r"[\w:.+/-]{0,100}")


def put(
    kind: str, *, key: object, due: datetime | None = None, in_schema: str | None = None, **payload: object
) -> None:
    """Promise that this follows, once for this kind, schema and key, if the transaction it is called in commits.

    `due` is when, at the earliest; `in_schema` is for what must be done elsewhere than here. The payload holds ids.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"outbox.put({kind!r}) must be called inside a transaction (transaction.atomic).")
    now = clock.now()
    message = OutboxMessage(
        kind=kind,
        schema=in_schema or scope.current(),
        key=str(_id(key)),
        payload={name: _id(value) for name, value in payload.items()},
        created_at=now,
        due_at=due or now,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    wake()


def _id(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case str() if _LIKE_AN_ID.fullmatch(value):
            return str(value)
        case list() | tuple():
            return [_id(one) for one in value]
    raise NotAnId("An outbox payload holds ids, numbers, codes and dates, never words or addresses.")

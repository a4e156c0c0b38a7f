"""One clock: duties ask what is due by now and do it; `alongside tick` runs them all, every minute (ADR 0021).

A duty must do no harm when it runs twice: it asks `kit.clock.now()` what is due, and finds nothing the second time.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from django.db import connection, transaction
from django.db.models import F

from kit import clock, scope
from kit.faults import class_and_place, is_lost, this_connection
from kit.models import DutyFailure

logger = logging.getLogger(__name__)

Function = TypeVar("Function", bound=Callable[[], object])
Where = Literal["scheme", "public"]

# Any number will do that no other advisory lock here uses.
_LOCK = 20_210_021


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that falls due by the clock: once in public, or once in each live scheme."""

    name: str
    where: Where
    function: Callable[[], object]
    own_transactions: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A duty that failed in a schema: the class of the error and its place, no words."""

    duty: str
    schema: str
    error: str


@dataclass(frozen=True, slots=True)
class DoneInPart:
    """What a duty gives back that did all it could: what failed of it, undone to savepoints of its own."""

    errors: Sequence[Exception]


@dataclass(slots=True)
class TickReport:
    """What one tick did."""

    ran: int = 0
    failures: list[Failure] = field(default_factory=list)
    another_was_running: bool = False


_duties: dict[str, Duty] = {}


def duty(*, where: Where, name: str = "", own_transactions: bool = False) -> Callable[[Function], Function]:
    """Register a function that each tick runs, in public or in each live scheme, in a transaction of its own.

    What it raises undoes all of it; where one thing must not stop the others, it gives back `DoneInPart` instead.
    With `own_transactions` it makes its own, and what it did before it raised stays.
    """

    def register(function: Function) -> Function:
        named = name or f"{function.__module__}.{function.__qualname__}"
        _duties[named] = Duty(named, where, function, own_transactions)
        return function

    return register


def duties(where: Where) -> list[Duty]:
    """The duties of one kind, in the order in which apps registered them."""
    return [one for one in _duties.values() if one.where == where]


def tick(now: datetime | None = None) -> TickReport:
    """Run every duty that there is; `now` first moves the clock of all processes, which production refuses."""
    if now is not None:
        clock.set_to(now)
    report = TickReport()
    with _only_clock() as alone:
        if not alone:
            report.another_was_running = True
            return report
        failing = set(DutyFailure.objects.values_list("duty", "schema"))
        for schema in [scope.PUBLIC, *scope.all_schemas()]:
            for one in duties("public" if schema == scope.PUBLIC else "scheme"):
                _run(one, schema, report=report, was_failing=(one.name, schema) in failing)
    return report


def _run(one: Duty, schema: str, *, report: TickReport, was_failing: bool) -> None:
    held_by = this_connection()
    try:
        with scope.enter(schema), nullcontext() if one.own_transactions else transaction.atomic():
            done = one.function()
    except Exception as error:
        if is_lost(held_by):
            # With the connection the lock is gone too, and another clock may be running: leave it to the next tick.
            raise
        _note(one, schema, class_and_place(error), report=report)
    else:
        report.ran += 1
        if isinstance(done, DoneInPart) and done.errors:
            _note(one, schema, _in_part(done.errors), report=report)
        elif was_failing:
            DutyFailure.objects.filter(duty=one.name, schema=schema).delete()


def _in_part(errors: Sequence[Exception]) -> str:
    more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{class_and_place(errors[0])}{more}"


def _note(one: Duty, schema: str, error: str, *, report: TickReport) -> None:
    report.failures.append(Failure(one.name, schema, error))
    logger.warning("The duty %s failed in %s: %s", one.name, schema, error)
    now = clock.now()
    again = DutyFailure.objects.filter(duty=one.name, schema=schema).update(at=now, error=error, times=F("times") + 1)
    if not again:
        DutyFailure.objects.create(duty=one.name, schema=schema, since=now, at=now, error=error)


@contextmanager
def _only_clock() -> Iterator[bool]:
    """Whether this is the only clock that runs; a process that is killed lets go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        alone = bool(cursor.fetchone()[0])
    held_by = this_connection()
    try:
        yield alone
    finally:
        if alone and not is_lost(held_by):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

"""Which schema work runs in. Kit knows nothing of schemes: it is handed the way into one when the process starts."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import connection

PUBLIC = "public"


class NotProvided(RuntimeError):
    """Kit was asked to enter a schema before anybody had told it how."""


@dataclass(frozen=True, slots=True)
class _Way:
    enter: Callable[[str], AbstractContextManager[object]]
    all_schemas: Callable[[], Iterable[str]]


_way: _Way | None = None


def provide(
    *, enter: Callable[[str], AbstractContextManager[object]], all_schemas: Callable[[], Iterable[str]]
) -> None:
    """Hand kit the one context manager that enters a schema, and the list of the schemas that are live."""
    global _way
    _way = _Way(enter=enter, all_schemas=all_schemas)


def enter(schema_name: str) -> AbstractContextManager[object]:
    """Run what follows in a schema, then go back to where one was."""
    return _provided().enter(schema_name)


def current() -> str:
    """The name of the schema this thread works in."""
    return connection.schema_name or PUBLIC  # type: ignore[attr-defined]


def all_schemas() -> list[str]:
    """Every live scheme's schema; neither public nor the template is among them."""
    return list(_provided().all_schemas())


def _provided() -> _Way:
    if _way is None:
        raise NotProvided("kit.scope.provide(…) must be called in AppConfig.ready of whatever owns the schemas.")
    return _way

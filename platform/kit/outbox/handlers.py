"""Who does what: the functions that apps registered for a kind of message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Message:
    """What a handler is given: ids only, and the schema it already runs in. UUIDs and dates arrive as text."""

    kind: str
    schema: str
    key: str
    payload: Mapping[str, object]


Handler = Callable[[Message], object]
H = TypeVar("H", bound=Handler)

_handlers: dict[str, list[Handler]] = {}


def handles(kind: str) -> Callable[[H], H]:
    """Register a function for a kind. Several apps may; all run in the one transaction of the message."""

    def register(function: H) -> H:
        registered = _handlers.setdefault(kind, [])
        # A module that is imported twice must not do its work twice.
        if not any(_place(one) == _place(function) for one in registered):
            registered.append(function)
        return function

    return register


def handlers_of(kind: str) -> tuple[Handler, ...]:
    """The functions registered for a kind, in the order of their apps."""
    return tuple(_handlers.get(kind, ()))


def handled_kinds() -> frozenset[str]:
    """Every kind that somebody handles."""
    return frozenset(_handlers)


def _place(function: Handler) -> tuple[str, str]:
    return function.__module__, function.__qualname__

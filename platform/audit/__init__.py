"""What was done with information about people: added to, never altered.

audit.record(by=request.user, operation="read", what="read a point", thing=point)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.recording import record as record

__all__ = ["record"]


def __getattr__(name: str) -> Any:
    # Django imports this package before any model can be; `record` needs one.
    if name == "record":
        from audit.recording import record

        return record
    raise AttributeError(name)

"""What was done with information about people: added to, never altered.

audit.record(by=request.user, operation="read", what="read a point", thing=point)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.recording import record as record
    from audit.recording import record_each as record_each

__all__ = ["record", "record_each"]


def __getattr__(name: str) -> Any:
    # Django imports this package before any model can be; these need one.
    if name in __all__:
        from audit import recording

        return getattr(recording, name)
    raise AttributeError(name)

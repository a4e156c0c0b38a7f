"""What the outbox refuses."""

from kit.errors import Refused


class OutsideTransaction(RuntimeError):
    """`put` was called where no transaction is open, so that what it promises could be lost."""


class NotAnId(TypeError):
    """A payload held something that is not an id, such as somebody's words."""


class NotDead(Refused):
    """Somebody wants to deal with a dead letter that is none, or no longer one."""

"""What goes wrong with a message: for good, or for now."""

from kit.errors import Refused


class BadAddress(Refused):
    """No message will ever reach this address or number."""


class TryLater(OSError):
    """Nobody took the message now; the same message can be sent again later."""

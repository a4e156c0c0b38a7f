"""What is known of a message."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a message stands, as far as whoever carries it can say."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a carrier took: the mark it goes by there, how it stands, and whether it says more later."""

    reference: str
    outcome: Outcome
    is_followed: bool = False


def reference(key: str) -> str:
    """The mark by which a carrier knows the message of a key; it does not show the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]

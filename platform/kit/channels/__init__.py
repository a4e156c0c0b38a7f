"""How a message leaves: by e-mail or as a text, through files, a mail server or GOV.UK Notify (ADR 0044).

One key is one message, however often it is sent: the provider is given a mark made from the key, and asked about it.
"""

from kit.channels.errors import BadAddress, TryLater
from kit.channels.records import Outcome, Sent, reference
from kit.channels.sending import can_text, outcome, send_email, send_text

__all__ = [
    "BadAddress",
    "Outcome",
    "Sent",
    "TryLater",
    "can_text",
    "outcome",
    "reference",
    "send_email",
    "send_text",
]

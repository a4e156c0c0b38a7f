"""How often a phone delivers, how often somebody makes one ready, and how often a token may be wrong."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from kit import clock, counting

HOUR, DAY = 60 * 60, 24 * 60 * 60
# More than ten visits with 50 photos each. What comes later is sent again by itself.
DELIVERIES_AN_HOUR = 600
# Of all phones of one person, so that nobody fills the disk: more than a thousand photos as the app takes them.
BYTES_A_DAY = 2 * 1024**3
# A group may make the phones of all its members ready at one table.
PHONES_A_DAY = 20
CONCERNS_AN_HOUR = 30
# Of its own, so that no photo keeps words about harm back; also the same one again on a line that breaks.
CONCERNS_SENT_AN_HOUR = 300
# Whether it was shut out: each time that somebody opens the app or takes up their phone.
ASKED_AN_HOUR = 600
# Each opens all sessions of its owner to look for the one that ends; also the same one again on a line that breaks.
SESSIONS_OVER_AN_HOUR = 300
# No token can be guessed; but each try asks the database.
WRONG_TOKENS_AN_HOUR = 300


def may_deliver(phone_id: UUID) -> bool:
    """Count one part from a phone; False once there were too many within this hour."""
    return _counted(f"delivery:{phone_id}", HOUR) <= DELIVERIES_AN_HOUR


def not_delivered(phone_id: UUID) -> None:
    """Take back one part that was counted: it came before its time, and comes again."""
    _counted(f"delivery:{phone_id}", HOUR, more=-1)


def may_bring(person_id: UUID, length: int) -> bool:
    """Count so many bytes from phones of one person; False once there were too many today."""
    return _counted(f"bytes:{person_id}", DAY, more=length) <= BYTES_A_DAY


def may_deliver_concern(phone_id: UUID) -> bool:
    """Count one concern from a phone, sent or sent again; False once there were too many within this hour."""
    return _counted(f"phone-concern:{phone_id}", HOUR) <= CONCERNS_SENT_AN_HOUR


def may_ask(phone_id: UUID) -> bool:
    """Count one time that a phone asked whether it was shut out; False once it asked too often within this hour."""
    return _counted(f"phone-asks:{phone_id}", HOUR) <= ASKED_AN_HOUR


def may_end_sessions(phone_id: UUID) -> bool:
    """Count one time that a phone said that a session is over; False once that was too often within this hour."""
    return _counted(f"session-over:{phone_id}", HOUR) <= SESSIONS_OVER_AN_HOUR


def may_raise(person_id: UUID) -> bool:
    """Count one concern that somebody raises; False once there were too many within this hour."""
    return _counted(f"concern:{person_id}", HOUR) <= CONCERNS_AN_HOUR


def may_make_ready(person_id: UUID) -> bool:
    """Count one phone that somebody makes ready; False once there were too many today."""
    return _counted(f"phone:{person_id}", DAY) <= PHONES_A_DAY


def may_be_wrong(request: HttpRequest) -> bool:
    """Count one token that opens nothing; False once too many came from one address within this hour."""
    return _counted(f"wrong:{get_adapter().get_client_ip(request)}", HOUR) <= WRONG_TOKENS_AN_HOUR


def _counted(what: str, seconds: int, *, more: int = 1) -> int:
    piece = int(clock.now().timestamp()) // seconds
    return counting.count(f"peer_monitoring.{what}:{piece}", seconds=seconds, more=more)

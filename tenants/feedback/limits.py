"""How much one address may do at one scheme within an hour.

Codes may be tried often enough for a slip hard to read, not for guessing. What somebody tells us is limited so that no
machine fills the register; the limit is wide, since a whole custody suite may share one address.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_

from kit import clock, counting

TRIES_AN_HOUR = 30
TELLINGS_AN_HOUR = 30
ANSWERS_AN_HOUR = 10
HOUR = 60 * 60
TOO_MANY = N_("There were too many tries. Wait one hour and try again, or ask our staff.")


def may_try(request: HttpRequest) -> bool:
    """Count one try of a code; False once there were too many within this hour."""
    return counted("slip", request) <= TRIES_AN_HOUR


def may_tell(request: HttpRequest) -> bool:
    """Count one thing that is told; False once there were too many within this hour."""
    return counted("tell", request) <= TELLINGS_AN_HOUR


def may_raise(request: HttpRequest) -> bool:
    """Count words about harm, apart from all else that is told: nothing else may close that box."""
    return counted("harm", request) <= TELLINGS_AN_HOUR


def may_answer(sayer_id: UUID) -> bool:
    """Count one answer to "did it change?", by whichever way it comes: each changed mind is kept for good."""
    return _count(f"answer:{sayer_id}") <= ANSWERS_AN_HOUR


def again_at() -> datetime:
    """When counting begins anew: with the next full hour."""
    return clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def counted(what: str, request: HttpRequest) -> int:
    """How often one address did something within this hour, with this time."""
    return _count(f"{what}:{_whose(get_adapter().get_client_ip(request))}")


def _count(what: str) -> int:
    hour = int(clock.now().timestamp()) // HOUR
    return counting.count(f"feedback.{what}:{hour}", seconds=HOUR)


def _whose(address: str) -> str:
    """An address, or for IPv6 the network of one connection: whoever has one has 2⁶⁴ addresses in it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return address

"""How often a code may be tried from one address, at one scheme: enough for a slip hard to read, not for guessing."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from kit import clock

TRIES_AN_HOUR = 30
HOUR = 60 * 60


def may_try(request: HttpRequest) -> bool:
    """Count one try; False once there were too many within this hour. The cache keeps schemes apart."""
    hour = int(clock.now().timestamp()) // HOUR
    key = f"feedback.slip:{get_adapter().get_client_ip(request)}:{hour}"
    tries = cache.get(key, 0) + 1
    cache.set(key, tries, HOUR)
    return tries <= TRIES_AN_HOUR

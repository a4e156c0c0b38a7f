"""The apps of the demonstration's staff: real ones, whose secrets anybody can work out who has the printed password."""

import base64
import hashlib
import hmac

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from kit import clock
from people.models import Person

HALF_A_MINUTE = 30


def secret_of(email: str, password: str) -> str:
    """The secret of somebody's app."""
    made = hmac.new(password.encode(), f"second step of {email}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def give_app(person: Person, *, password: str) -> None:
    """Set an app up for somebody of the demonstration, as if they had scanned the picture."""
    TOTP.activate(person, secret_of(str(person.email), password))


def code_now(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later. Apps go by the world's clock, not by ours."""
    return format_hotp_value(hotp_value(secret, int(clock.machine_now().timestamp()) // HALF_A_MINUTE + later))

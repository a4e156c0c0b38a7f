"""People with a second step: an app whose secret the test knows."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from people.models import Person


def has_app(person: Person) -> str:
    """Somebody who set up an app that shows codes, and was given recovery codes; the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(auth.time.time()) // 30 + later))


def recovery_codes_of(person: Person) -> list[str]:
    """The recovery codes that somebody has not used."""
    return list(RecoveryCodes.activate(person).get_unused_codes())

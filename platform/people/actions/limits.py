"""How many codes go out: by number or e-mail address and by internet address, whoever asks and what for (ADR 0046)."""

from django.utils.crypto import salted_hmac

from kit import clock, counting
from people.errors import NoMoreCodes

HOUR, DAY = 60 * 60, 24 * 60 * 60
# By number: with five tries each, a million codes are guessed at 30 times a day at most.
CODES_AN_HOUR, CODES_A_DAY = 3, 6
# By internet address: a whole hostel may share one.
CODES_FROM_AN_ADDRESS = 20
TOO_OFTEN = "We cannot send more codes now. Wait an hour, then try again. If that does not help, try tomorrow."


def count_codes_from(address: str) -> None:
    """One more code that somebody asks for at this internet address; raises `NoMoreCodes`."""
    _count(f"address:{address}", CODES_FROM_AN_ADDRESS, HOUR)


def count_codes_for(whose: str) -> None:
    """One more code to this number or e-mail address, or for this person; raises `NoMoreCodes`."""
    _count(whose, CODES_AN_HOUR, HOUR)
    _count(whose, CODES_A_DAY, DAY)


def _count(whose: str, most: int, seconds: int) -> None:
    # In pieces of the clock: whoever keeps asking does not keep the number's owner out for ever.
    piece = int(clock.now().timestamp()) // seconds
    # Keyed: all mobile numbers could be tried against what stands in the cache else.
    key = salted_hmac("people.texting", f"{whose}:{seconds}:{piece}", algorithm="sha256").hexdigest()
    if counting.count(f"people.texting:{key}", seconds=seconds) > most:
        raise NoMoreCodes(TOO_OFTEN)

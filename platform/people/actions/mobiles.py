"""A mobile number becomes somebody's own when they type the code that was sent to it."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, counting, numbers, tokens
from people.errors import TooOften, WrongCode
from people.models import Mobile, MobileCode, Person, SafeContact

CODE_LIVES = timedelta(minutes=15)
MOST_TRIES = 5
CODES_AN_HOUR = 3
HOUR = 60 * 60
WRONG = "That code is not right. Check the newest message we sent, or ask for a new code."


def send_mobile_code(*, person: Person, number: str, by: Person) -> MobileCode:
    """Send a code to a number; it is not used for anything else until the code came back.

    Not one transaction: what was counted stays counted, and a message that went out has its code kept before.
    """
    number = numbers.mobile(number)
    for whose in (f"people.mobile:{person.pk}", f"people.mobile:{tokens.fingerprint(number)}"):
        if counting.count(whose, seconds=HOUR) > CODES_AN_HOUR:
            raise TooOften("We sent codes too often. Wait an hour, then try again.")
    code = f"{secrets.randbelow(1_000_000):06}"
    waiting, _ = MobileCode.objects.update_or_create(
        person=person,
        defaults={
            "number": number,
            "code_hash": _hash(person, number, code),
            "expires_at": clock.now() + CODE_LIVES,
            "tries": 0,
        },
    )
    words = f"Your code is {code}. You can use it for 15 minutes."
    channels.send_text(key=f"mobile:{person.pk}:{waiting.expires_at.isoformat()}", to=number, words=words)
    return waiting


def prove_mobile(*, person: Person, code: str, by: Person) -> Mobile:
    """Take the code that was sent; from now on the number is theirs, and nobody else's."""
    if not _is_right(person, code):
        raise WrongCode(WRONG)
    with transaction.atomic():
        sent = MobileCode.objects.select_for_update().filter(person=person).first()
        if sent is None:
            raise WrongCode(WRONG)
        # Somebody who had this number before has it no longer.
        for other in Mobile.objects.filter(number=sent.number).exclude(person=person):
            _let_go(other.person)
        mobile, _ = Mobile.objects.update_or_create(
            person=person, defaults={"number": sent.number, "proved_at": clock.now()}
        )
        sent.delete()
        audit.record(by=by, operation="change", what="showed a mobile number to be theirs", subject=person)
    return mobile


@transaction.atomic
def remove_mobile(*, person: Person, by: Person) -> None:
    """Keep their number no longer; what went there now waits on their page."""
    _let_go(person)
    audit.record(by=by, operation="change", what="took a mobile number away", subject=person)


def _let_go(person: Person) -> None:
    Mobile.objects.filter(person=person).delete()
    SafeContact.objects.filter(person=person, channel=SafeContact.Channel.TEXT).update(
        channel=SafeContact.Channel.PAGE, words_in_messages=False, changed_at=clock.now()
    )


@transaction.atomic
def _is_right(person: Person, code: str) -> bool:
    """Whether this is the code; each try counts, also one at the same moment."""
    sent = MobileCode.objects.select_for_update().filter(person=person, expires_at__gt=clock.now()).first()
    if sent is None or sent.tries >= MOST_TRIES:
        return False
    sent.tries += 1
    sent.save(update_fields=["tries"])
    return secrets.compare_digest(sent.code_hash, _hash(person, sent.number, "".join(code.split())))


def _hash(person: Person, number: str, code: str) -> str:
    # Keyed: a stolen table could be tried against all million codes else.
    return salted_hmac("people.mobile", f"{person.pk}:{number}:{code}", algorithm="sha256").hexdigest()

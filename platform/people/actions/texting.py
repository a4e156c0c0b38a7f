"""Signing in with a code that is sent to a mobile number, and an account that has nothing else (ADR 0046).

Every number gets the same message: whoever reads the code there comes in, to the account that the number opens or to a
new one. So nothing tells whether a number is known to us but the phone itself.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, numbers
from people import queries
from people.actions import limits
from people.actions.mobiles import CODE_LIVES, CODE_WORDS, MOST_TRIES, WRONG, figures, take_number
from people.errors import NotThisWay, WrongCode
from people.models import Mobile, Person, SignInCode

# Networks give a number to somebody else when it has not been used for about half a year.
NUMBER_OPENS_FOR = timedelta(days=180)
WAITS = "Somebody asked to sign in with this number. Wait until then."
TOO_OLD = "That took too long. Ask for a new code."


def send_sign_in_code(*, number: str, address: str) -> SignInCode:
    """Send a code to a number, whether anybody has it or not; `address` is where on the internet that was asked.

    Not one transaction: what was counted stays counted, and a message that went out has its code kept before.
    """
    number = numbers.mobile(number)
    limits.count_codes_from(address)
    limits.count_codes_for(f"number:{number}")
    code = f"{secrets.randbelow(1_000_000):06}"
    sent = SignInCode(number=number, expires_at=clock.now() + CODE_LIVES)
    sent.code_hash = _hash(sent, code)
    sent.save()
    channels.send_text(key=f"sign_in:{sent.pk}", to=number, words=CODE_WORDS.format(code=code))
    return sent


def read_sign_in_code(*, code_id: UUID, code: str) -> Person | None:
    """Take the code: whose account the number opens; nobody where it opens none, and a new one can be made."""
    if not _is_right(code_id, code):
        raise WrongCode(WRONG)
    with transaction.atomic():
        sent = SignInCode.objects.select_for_update().filter(pk=code_id).first()
        if sent is None:
            # The button was pressed twice, and the first press has used it.
            raise WrongCode(TOO_OLD)
        opens = Mobile.objects.select_for_update(of=("self",)).filter(
            number=sent.number, opens_account=True, proved_at__gt=clock.now() - NUMBER_OPENS_FOR, person__is_active=True
        )
        mobile = opens.select_related("person").first()
        if mobile is None:
            sent.read_at = clock.now()
            sent.save(update_fields=["read_at"])
            return None
        mobile.proved_at = clock.now()
        mobile.save(update_fields=["proved_at"])
        sent.delete()
        return mobile.person


@transaction.atomic
def open_account(*, code_id: UUID) -> Person:
    """Make an account for whoever has just read a code at a number that opens none; the number is theirs now."""
    sent = (
        SignInCode.objects.select_for_update()
        .filter(pk=code_id, read_at__isnull=False, expires_at__gt=clock.now())
        .first()
    )
    if sent is None:
        raise WrongCode(TOO_OLD)
    if queries.recovery_to(sent.number):
        # A new account would take the number from whoever waits to get back in with it.
        raise NotThisWay(WAITS)
    person = Person.objects.create_without_address()
    take_number(person=person, number=sent.number, opens_account=True)
    sent.delete()
    audit.record(by=person, operation="collect", what="added an account", subject=person, basis="public_task")
    return person


@transaction.atomic
def _is_right(code_id: UUID, code: str) -> bool:
    """Whether this is the code, which works once; each try counts, also one at the same moment."""
    sent = SignInCode.objects.select_for_update().filter(pk=code_id, expires_at__gt=clock.now(), read_at=None).first()
    if sent is None or sent.tries >= MOST_TRIES:
        return False
    sent.tries += 1
    sent.save(update_fields=["tries"])
    return secrets.compare_digest(sent.code_hash, _hash(sent, figures(code)))


def _hash(sent: SignInCode, code: str) -> str:
    # Keyed: a stolen table could be tried against all million codes else.
    return salted_hmac("people.texting", f"{sent.pk}:{sent.number}:{code}", algorithm="sha256").hexdigest()

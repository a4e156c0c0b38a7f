"""A mobile number becomes somebody's own when they type the code that was sent to it."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, numbers
from people import queries
from people.actions import limits
from people.actions.contact import say_on_page, stop_messages
from people.actions.telling import tell_ways
from people.actions.words import end_links
from people.errors import NotThisWay, WrongCode
from people.models import Mobile, MobileCode, Person, SafeContact

CODE_LIVES = timedelta(minutes=15)
MOST_TRIES = 5
CODE_WORDS = "Your code is {code}. You can use it for 15 minutes."
WRONG = "That code is not right. Check the newest message we sent, or ask for a new code."
ONLY_WAY_IN = "You sign in with this number. To change it, type your new number in its place."


def send_mobile_code(*, person: Person, number: str, address: str, by: Person) -> MobileCode:
    """Send a code to a number; it is not used for anything else until the code came back.

    `address` is where on the internet that was asked.

    Not one transaction: what was counted stays counted, and a message that went out has its code kept before.
    """
    number = numbers.mobile(number)
    limits.count_codes_from(address)
    for whose in (f"person:{person.pk}", f"number:{number}"):
        limits.count_codes_for(whose)
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
    channels.send_text(
        key=f"mobile:{person.pk}:{waiting.expires_at.isoformat()}", to=number, words=CODE_WORDS.format(code=code)
    )
    return waiting


def prove_mobile(*, person: Person, code: str, by: Person, opens_account: bool = False) -> Mobile:
    """Take the code that was sent; from now on the number is theirs, and nobody else's."""
    with transaction.atomic():
        # Held from the check to the end: a code asked for at the same moment must not change whose number this proves.
        sent = _right_code(person, code)
        if sent is not None:
            before, ways = queries.mobile_of(person), queries.reached_at(person)
            mobile = take_number(person=person, number=sent.number, opens_account=opens_account or not person.email)
            sent.delete()
            if before is None or (before.number, before.opens_account) != (mobile.number, mobile.opens_account):
                tell_ways(person, "mobile", ways)
            audit.record(by=by, operation="change", what="showed a mobile number to be theirs", subject=person)
            return mobile
    # Only here, so that the wrong try stays counted.
    raise WrongCode(WRONG)


@transaction.atomic
def remove_mobile(*, person: Person, by: Person) -> None:
    """Keep their number no longer; what went there now waits on their page."""
    if not person.email:
        raise NotThisWay(ONLY_WAY_IN)
    tell_ways(person, "mobile", queries.reached_at(person))
    _let_go(person)
    audit.record(by=by, operation="change", what="took a mobile number away", subject=person)


@transaction.atomic
def open_with_mobile(*, person: Person, opens: bool, by: Person) -> None:
    """Whether a code that is sent to their number opens their account: others may use the same phone."""
    if not opens and not person.email:
        raise NotThisWay(ONLY_WAY_IN)
    if Mobile.objects.filter(person=person).exclude(opens_account=opens).update(opens_account=opens):
        audit.record(by=by, operation="change", what="changed a way to sign in", subject=person)
        tell_ways(person, "mobile", queries.reached_at(person))


def take_number(*, person: Person, number: str, opens_account: bool) -> Mobile:
    """The number is this person's, and no longer that of whoever had it before; inside the caller's transaction."""
    for other in Mobile.objects.filter(number=number).exclude(person=person):
        _lose_to_another(other.person)
    if not Mobile.objects.filter(number=number).exists():
        end_links(person_id=person.pk, sent_by=SafeContact.Channel.TEXT)
    mobile, _ = Mobile.objects.update_or_create(
        person=person, defaults={"number": number, "proved_at": clock.now(), "opens_account": opens_account}
    )
    return mobile


def _let_go(person: Person) -> None:
    end_links(person_id=person.pk, sent_by=SafeContact.Channel.TEXT)
    Mobile.objects.filter(person=person).delete()
    stop_messages(person=person, channels=[SafeContact.Channel.TEXT])


def _lose_to_another(person: Person) -> None:
    # Neither who has it now nor that they have an account here is said (S2), and nothing goes to whoever reads it now.
    tell_ways(person, "mobile", queries.verified_addresses(person))
    say_on_page(person=person, kind="number_gone")
    _let_go(person)
    audit.record(by=None, operation="change", what="took a number that was shown at another account", subject=person)


def _right_code(person: Person, code: str) -> MobileCode | None:
    """What was sent, locked, if this is its code; each try counts, also one at the same moment."""
    sent = MobileCode.objects.select_for_update().filter(person=person, expires_at__gt=clock.now()).first()
    if sent is None or sent.tries >= MOST_TRIES:
        return None
    sent.tries += 1
    sent.save(update_fields=["tries"])
    right = secrets.compare_digest(sent.code_hash, _hash(person, sent.number, figures(code)))
    return sent if right else None


def figures(typed: str) -> str:
    """A code without whatever else was typed or copied with it."""
    return "".join(letter for letter in typed if letter in "0123456789")


def _hash(person: Person, number: str, code: str) -> str:
    # Keyed: a stolen table could be tried against all million codes else.
    return salted_hmac("people.mobile", f"{person.pk}:{number}:{code}", algorithm="sha256").hexdigest()

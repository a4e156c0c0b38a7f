"""Getting back in with a code on paper, after a waiting time that every old way in can use to stop it (ADR 0046)."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, codes, counting, mail, outbox, tokens
from kit.dates import moment
from people import queries
from people.actions import limits
from people.actions.contact import stop_messages
from people.actions.going import free_address
from people.actions.mobiles import CODE_LIVES, CODE_WORDS, MOST_TRIES, WRONG, figures, take_number
from people.actions.places import notice
from people.actions.sessions import sign_out_everywhere
from people.actions.telling import send_to, tell_ways
from people.actions.words import end_links
from people.errors import NotThisWay, TooOften, WrongCode
from people.models import Mobile, Person, Recovery, RecoveryCode, SafeContact
from tenants.schemes.entering import enter

PAPER_LIVES = timedelta(days=365)
STAFF_CODE_LIVES = timedelta(hours=24)
# Long enough that somebody who looks at their messages now and then can stop it.
WAITS = timedelta(days=3)
# Who is told late has this long at least to stop it.
WAITS_AT_LEAST = timedelta(days=2)
TELLING = "people.recovery"
HOUR, DAY = 60 * 60, 24 * 60 * 60
TRIES_AN_HOUR, CODES_AN_HOUR, GIVEN_A_DAY = 20, 3, 10
NO_CODE = "This code does not open anything. It may have been used, or be too old. Check each word and number."
HAS_RIGHTS = "You have a role or belong to a group here. Ask the person who runs this service to help you back in."
TAKEN = "There is already an account with this email address. Sign in with it, or use another address."
ASKED = "You have already asked. You can sign in in the new way when the waiting time is over."
TOO_OFTEN = "That was tried too often. Wait an hour, then try again."
WORDS = (
    "Somebody asked to change how you sign in. It changes on {when}.\n\n"
    "If it was you, you need not do anything. If it was not you, stop it here:\n{link}\n"
)


@transaction.atomic
def make_paper_code(*, person: Person, by: Person) -> str:
    """A code for somebody to keep on paper; the one from before works no longer. It is shown once."""
    if not queries.may_be_recovered(person):
        raise NotThisWay(HAS_RIGHTS)
    code = codes.new_code()
    _keep(person, RecoveryCode.Source.PAPER, code, PAPER_LIVES)
    audit.record(by=by, operation="change", what="made a code to get back in with", subject=person)
    tell_ways(person, "paper", queries.reached_at(person))
    return code


def give_recovery_code(*, typed: str, is_known: Callable[[UUID], bool], by: Person) -> str:
    """A code that staff hand to somebody face to face. It looks the same whether it opens an account or nothing.

    `is_known` says whether the scheme entered has heard from a person: staff help nobody else back in.
    """
    if counting.count(f"people.recovery.given:{by.pk}:{_piece(DAY)}", seconds=DAY) > GIVEN_A_DAY:
        raise TooOften("You have given too many codes today. Try again tomorrow.")
    code = codes.new_code()
    found = queries.person_by_way(typed)
    # A scheme's audit names nobody whom the scheme has not heard from.
    person = found if found and is_known(found.pk) else None
    with transaction.atomic():
        if person and queries.may_be_recovered(person):
            _keep(person, RecoveryCode.Source.STAFF, code, STAFF_CODE_LIVES)
            with enter("public"):
                # Not by whom: that somebody has to do with a scheme is not for public's audit to tell.
                audit.record(by=None, operation="change", what="was given a code to get back in with", subject=person)
                # Whoever has the code learns from it that this person has an account: the person hears of it at once.
                path = reverse("my_recovery", urlconf=settings.PUBLIC_SCHEMA_URLCONF)
                notice(person_id=person.pk, kind="code_given", key=clock.now().isoformat(), path=path)
                tell_ways(person, "given", queries.reached_at(person))
        audit.record(by=by, operation="change", what="gave somebody a code to get back in with", subject=person)
    return code


def ask_for_new_way(*, code: str, to: str, address: str) -> Recovery:
    """With a code on paper: send six figures to a new e-mail address or mobile number, to show that it is theirs.

    Not one transaction: what was counted stays counted, and a message that went out has its code kept before.
    """
    if counting.count(f"people.recovery.tried:{address}:{_piece(HOUR)}", seconds=HOUR) > TRIES_AN_HOUR:
        raise TooOften(TOO_OFTEN)
    person = _whose(code)
    if person is None:
        raise WrongCode(NO_CODE)
    if counting.count(f"people.recovery.sent:{person.pk}:{_piece(HOUR)}", seconds=HOUR) > CODES_AN_HOUR:
        raise TooOften(TOO_OFTEN)
    limits.count_codes_from(address)
    # Where it goes, too: else those who have several accounts flood one number, and guess at it without end.
    limits.count_codes_for(f"{'email' if '@' in to else 'number'}:{to}")
    sent = f"{secrets.randbelow(1_000_000):06}"
    recovery = _await(code, to, sent)
    send_to(to, key=f"recovery:{recovery.pk}:{recovery.code_until.isoformat()}", subject=mail.Subject.CODE,
            words=CODE_WORDS.format(code=sent))  # fmt: skip
    return recovery


def prove_new_way(*, recovery_id: UUID, code: str) -> Recovery:
    """Take the figures. The paper is used up, every old way is told, and the waiting time begins."""
    with transaction.atomic():
        # Held from the check to the end: what is asked for at the same moment must not change where this leads.
        recovery = _right_one(recovery_id, code)
        if recovery is not None:
            return _prove(recovery)
    # Only here, so that the wrong try stays counted.
    raise WrongCode(WRONG)


@transaction.atomic
def tell_old_way(*, recovery_id: UUID, way: str) -> None:
    """Say on one way in that there was what is going to change, and how to stop it; `way` is its mark."""
    found = Recovery.objects.select_for_update(of=("self",)).select_related("person")
    recovery = found.filter(pk=recovery_id, opens_at__isnull=False).first()
    if recovery is None or recovery.opens_at is None:
        return
    if recovery.opens_at < clock.now() + WAITS_AT_LEAST:
        recovery.opens_at = clock.now() + WAITS
        recovery.save(update_fields=["opens_at"])
    path = reverse("recover_stop", args=[stop_token(recovery)], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    when, link = moment(recovery.opens_at), f"{settings.PLATFORM_ORIGIN}{path}"
    for to in queries.reached_at(recovery.person):
        if _mark(recovery, to) != way:
            continue
        # A way that is gone for good is why somebody asked.
        with suppress(channels.BadAddress):
            send_to(to, key=f"recovery.told:{recovery.pk}:{to}", subject=mail.Subject.ACCOUNT,
                    words=WORDS.format(when=when, link=link))  # fmt: skip


def stop_token(recovery: Recovery) -> str:
    """The secret of the link that stops it, made anew from its id whenever a message is written."""
    return salted_hmac("people.recovery.stop", str(recovery.pk), algorithm="sha256").hexdigest()


@transaction.atomic
def stop_recovery(*, recovery: Recovery, by: Person | None) -> bool:
    """Nothing changes. Codes that were given meanwhile work no longer. False if it had opened or was stopped before."""
    if not Recovery.objects.filter(pk=recovery.pk).delete()[0]:
        return False
    RecoveryCode.objects.filter(person=recovery.person).delete()
    audit.record(by=by, operation="change", what="stopped a new way to sign in", subject=recovery.person)
    return True


def open_recoveries() -> None:
    """Open each new way whose waiting time is over and of which every old way was told, and close the old ones."""
    for recovery_id in Recovery.objects.filter(opens_at__lte=clock.now()).values_list("pk", flat=True):
        _open(recovery_id)


@transaction.atomic
def _open(recovery_id: UUID) -> None:
    found = Recovery.objects.select_for_update(of=("self",)).select_related("person").filter(pk=recovery_id)
    recovery = found.filter(opens_at__lte=clock.now()).first()
    if recovery is None or outbox.is_open(TELLING, key_begins=f"{recovery.pk}:"):
        return
    person = recovery.person
    recovery.delete()
    # They may have been given a role, or the address or number to somebody else, while this waited.
    if not queries.may_be_recovered(person) or _is_taken(recovery) or _has_a_newer_owner(recovery):
        audit.record(by=None, operation="change", what="did not open a new way to sign in", subject=person)
        tell_ways(person, "not_opened", [recovery.to])
        return
    free_address(address=recovery.to, person=person)
    EmailAddress.objects.filter(user=person).delete()
    for old in (Mobile, RecoveryCode):
        old.objects.filter(person=person).delete()
    # Whoever was in before may have left a key behind, which would open the account alone (ADR 0045).
    for key in (Authenticator, SocialAccount):
        key.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.email = recovery.to if "@" in recovery.to else None
    person.save(update_fields=["password", "email"])
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    else:
        take_number(person=person, number=recovery.to, opens_account=True)
    # Messages went to a way that is gone.
    end_links(person_id=person.pk)
    stop_messages(person=person, channels=SafeContact.MESSAGES)
    sign_out_everywhere(person=person, by=None)
    audit.record(by=None, operation="change", what="changed the way to sign in", subject=person)


def _keep(person: Person, source: str, code: str, lives: timedelta) -> None:
    # A code that is replaced must not go on to prove what was begun with it.
    Recovery.objects.filter(person=person, proved_at=None).delete()
    kept = {"code_hash": codes.fingerprint(code), "made_at": clock.now(), "expires_at": clock.now() + lives}
    RecoveryCode.objects.update_or_create(person=person, source=source, defaults=kept)


@transaction.atomic
def _whose(code: str) -> Person | None:
    found = RecoveryCode.objects.select_for_update(of=("self",)).filter(
        code_hash=codes.fingerprint(code), expires_at__gt=clock.now(), person__is_active=True
    ).select_related("person").first()  # fmt: skip
    return found.person if found and queries.may_be_recovered(found.person) else None


@transaction.atomic
def _await(code: str, to: str, sent: str) -> Recovery:
    # Asked again with the code held: it may have been used or replaced since.
    person = _whose(code)
    if person is None:
        raise WrongCode(NO_CODE)
    recovery = Recovery.objects.select_for_update().filter(person=person).first() or Recovery(person=person)
    if recovery.proved_at:
        raise NotThisWay(ASKED)
    recovery.to, recovery.code_hash = to, _hash(person, to, sent)
    recovery.code_until, recovery.tries = clock.now() + CODE_LIVES, 0
    recovery.save()
    return recovery


def _prove(recovery: Recovery) -> Recovery:
    person = recovery.person
    if _is_taken(recovery):
        raise NotThisWay(TAKEN)
    if not RecoveryCode.objects.filter(person=person).delete()[0]:
        raise WrongCode(NO_CODE)
    recovery.proved_at, recovery.opens_at = clock.now(), clock.now() + WAITS
    recovery.stop_hash = tokens.fingerprint(stop_token(recovery))
    recovery.save(update_fields=["proved_at", "opens_at", "stop_hash"])
    # One for each: a way that takes nothing now keeps none of the others waiting.
    for to in queries.reached_at(person):
        way = _mark(recovery, to)
        outbox.put(TELLING, key=f"{recovery.pk}:{way}", in_schema="public", recovery=recovery.pk, way=way)
    audit.record(by=None, operation="change", what="asked for a new way to sign in", subject=person)
    return recovery


def _is_taken(recovery: Recovery) -> bool:
    # Anybody can type an address to make an account; it is theirs once they have shown it.
    shown = EmailAddress.objects.filter(email=recovery.to, verified=True)
    return shown.exclude(user=recovery.person_id).exists()


def _has_a_newer_owner(recovery: Recovery) -> bool:
    shown_since = Mobile.objects.filter(number=recovery.to, proved_at__gt=recovery.proved_at)
    return shown_since.exclude(person=recovery.person_id).exists()


def _mark(recovery: Recovery, to: str) -> str:
    # Keyed, and another each time: an outbox holds no addresses, nor what tells them.
    return salted_hmac("people.recovery.way", f"{recovery.pk}:{to}", algorithm="sha256").hexdigest()[:32]


def _right_one(recovery_id: UUID, code: str) -> Recovery | None:
    """What is being proved, locked, if these are its figures; each try counts, also one at the same moment."""
    sent = Recovery.objects.select_for_update(of=("self",)).select_related("person").filter(
        pk=recovery_id, proved_at=None, code_until__gt=clock.now()
    ).first()  # fmt: skip
    if sent is None or sent.tries >= MOST_TRIES:
        return None
    sent.tries += 1
    sent.save(update_fields=["tries"])
    right = secrets.compare_digest(sent.code_hash, _hash(sent.person, sent.to, figures(code)))
    return sent if right else None


def _hash(person: Person, to: str, code: str) -> str:
    return salted_hmac("people.recovery", f"{person.pk}:{to}:{code}", algorithm="sha256").hexdigest()


def _piece(seconds: int) -> int:
    return int(clock.now().timestamp()) // seconds

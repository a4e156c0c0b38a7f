"""Getting back in with a code on paper, after a waiting time that every old way in can use to stop it (ADR 0046)."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, codes, counting, mail, outbox, tokens
from kit.dates import moment
from people import queries
from people.actions.mobiles import CODE_LIVES, CODE_WORDS, MOST_TRIES, WRONG, figures, take_number
from people.actions.sessions import sign_out_everywhere
from people.errors import NotThisWay, TooOften, WrongCode
from people.models import Mobile, Person, Recovery, RecoveryCode, SafeContact
from tenants.schemes.entering import enter

PAPER_LIVES = timedelta(days=365)
STAFF_CODE_LIVES = timedelta(hours=24)
# Long enough that somebody who looks at their messages now and then can stop it.
WAITS = timedelta(days=3)
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
    return code


def give_recovery_code(*, typed: str, is_known: Callable[[UUID], bool], by: Person) -> str:
    """A code that staff hand to somebody face to face. It looks the same whether it opens an account or nothing.

    `is_known` says whether the scheme entered has heard from a person: staff help nobody else back in.
    """
    if counting.count(f"people.recovery.given:{by.pk}:{_piece(DAY)}", seconds=DAY) > GIVEN_A_DAY:
        raise TooOften("You have given too many codes today. Try again tomorrow.")
    code = codes.new_code()
    person = queries.person_by_way(typed)
    with transaction.atomic():
        if person and is_known(person.pk) and queries.may_be_recovered(person):
            _keep(person, RecoveryCode.Source.STAFF, code, STAFF_CODE_LIVES)
            with enter("public"):
                # Not by whom: that somebody has to do with a scheme is not for public's audit to tell.
                audit.record(by=None, operation="change", what="was given a code to get back in with", subject=person)
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
    if queries.recovery_of(person):
        raise NotThisWay(ASKED)
    if counting.count(f"people.recovery.sent:{person.pk}:{_piece(HOUR)}", seconds=HOUR) > CODES_AN_HOUR:
        raise TooOften(TOO_OFTEN)
    sent = f"{secrets.randbelow(1_000_000):06}"
    given = {"to": to, "code_hash": _hash(person, to, sent), "code_until": clock.now() + CODE_LIVES, "tries": 0}
    recovery, _ = Recovery.objects.update_or_create(person=person, defaults=given)
    _send(to, key=f"recovery:{recovery.pk}:{recovery.code_until.isoformat()}", subject=mail.Subject.CODE,
          words=CODE_WORDS.format(code=sent))  # fmt: skip
    return recovery


def prove_new_way(*, recovery_id: UUID, code: str) -> Recovery:
    """Take the figures. The paper is used up, every old way is told, and the waiting time begins."""
    if not _is_right(recovery_id, code):
        raise WrongCode(WRONG)
    with transaction.atomic():
        recovery = Recovery.objects.select_for_update(of=("self",)).select_related("person").get(pk=recovery_id)
        person = recovery.person
        if _is_taken(recovery):
            raise NotThisWay(TAKEN)
        if not RecoveryCode.objects.filter(person=person).delete()[0]:
            raise WrongCode(NO_CODE)
        recovery.proved_at, recovery.opens_at = clock.now(), clock.now() + WAITS
        recovery.stop_hash = tokens.fingerprint(stop_token(recovery))
        recovery.save(update_fields=["proved_at", "opens_at", "stop_hash"])
        outbox.put("people.recovery", key=recovery.pk, in_schema="public")
        audit.record(by=None, operation="change", what="asked for a new way to sign in", subject=person)
    return recovery


def tell_old_ways(*, recovery_id: UUID) -> None:
    """Say on every way in that there was what is going to change, and how to stop it."""
    recovery = Recovery.objects.filter(pk=recovery_id, opens_at__isnull=False).select_related("person").first()
    if recovery is None or recovery.opens_at is None:
        return
    path = reverse("recover_stop", args=[stop_token(recovery)], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    when, link = moment(recovery.opens_at), f"{settings.PLATFORM_ORIGIN}{path}"
    for to in sorted(queries.reached_at(recovery.person)):
        try:
            _send(to, key=f"recovery.told:{recovery.pk}:{to}", subject=mail.Subject.ACCOUNT,
                  words=WORDS.format(when=when, link=link))  # fmt: skip
        except channels.BadAddress:
            continue  # a way that is gone for good is why somebody asked


def stop_token(recovery: Recovery) -> str:
    """The secret of the link that stops it, made anew from its id whenever a message is written."""
    return salted_hmac("people.recovery.stop", str(recovery.pk), algorithm="sha256").hexdigest()


@transaction.atomic
def stop_recovery(*, recovery: Recovery, by: Person | None) -> None:
    """Nothing changes. Codes that were given meanwhile work no longer."""
    if Recovery.objects.filter(pk=recovery.pk).delete()[0]:
        RecoveryCode.objects.filter(person=recovery.person).delete()
        audit.record(by=by, operation="change", what="stopped a new way to sign in", subject=recovery.person)


def open_recoveries() -> None:
    """Open each new way whose waiting time is over, and close the old ones."""
    for recovery_id in Recovery.objects.filter(opens_at__lte=clock.now()).values_list("pk", flat=True):
        _open(recovery_id)


@transaction.atomic
def _open(recovery_id: UUID) -> None:
    found = Recovery.objects.select_for_update(of=("self",)).select_related("person").filter(pk=recovery_id)
    recovery = found.filter(opens_at__lte=clock.now()).first()
    if recovery is None:
        return
    person = recovery.person
    recovery.delete()
    # They may have been given a role, or the address to somebody else, while this waited.
    if not queries.may_be_recovered(person) or _is_taken(recovery):
        return
    EmailAddress.objects.filter(user=person).delete()
    Mobile.objects.filter(person=person).delete()
    person.set_unusable_password()
    person.email = recovery.to if "@" in recovery.to else None
    person.save(update_fields=["password", "email"])
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    else:
        take_number(person=person, number=recovery.to, opens_account=True)
    # Messages went to a way that is gone.
    SafeContact.objects.filter(person=person, channel__in=SafeContact.MESSAGES).update(
        channel=SafeContact.Channel.PAGE, words_in_messages=False, changed_at=clock.now()
    )
    sign_out_everywhere(person=person, by=None)
    audit.record(by=None, operation="change", what="changed the way to sign in", subject=person)


def _keep(person: Person, source: str, code: str, lives: timedelta) -> None:
    kept = {"code_hash": codes.fingerprint(code), "made_at": clock.now(), "expires_at": clock.now() + lives}
    RecoveryCode.objects.update_or_create(person=person, source=source, defaults=kept)


def _whose(code: str) -> Person | None:
    found = RecoveryCode.objects.filter(
        code_hash=codes.fingerprint(code), expires_at__gt=clock.now(), person__is_active=True
    ).select_related("person").first()  # fmt: skip
    return found.person if found and queries.may_be_recovered(found.person) else None


def _is_taken(recovery: Recovery) -> bool:
    return Person.objects.filter(email=recovery.to).exclude(pk=recovery.person_id).exists()


def _send(to: str, *, key: str, subject: str, words: str) -> None:
    if "@" in to:
        mail.send(key=key, to=to, subject=subject, words=words)
    else:
        channels.send_text(key=key, to=to, words=" ".join(words.split()))


@transaction.atomic
def _is_right(recovery_id: UUID, code: str) -> bool:
    """Whether these are the figures that were sent; each try counts, also one at the same moment."""
    sent = Recovery.objects.select_for_update(of=("self",)).select_related("person").filter(
        pk=recovery_id, proved_at=None, code_until__gt=clock.now()
    ).first()  # fmt: skip
    if sent is None or sent.tries >= MOST_TRIES:
        return False
    sent.tries += 1
    sent.save(update_fields=["tries"])
    return secrets.compare_digest(sent.code_hash, _hash(sent.person, sent.to, figures(code)))


def _hash(person: Person, to: str, code: str) -> str:
    return salted_hmac("people.recovery", f"{person.pk}:{to}:{code}", algorithm="sha256").hexdigest()


def _piece(seconds: int) -> int:
    return int(clock.now().timestamp()) // seconds

"""What pages and other apps ask about people."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kit import clock, numbers, tokens
from kit.channels import Outcome
from kit.sessions import read
from people.devices import device
from people.errors import NotShown
from people.middleware import SESSION_HOST
from people.models import (
    Consent,
    ErasureRequest,
    Mobile,
    MobileCode,
    Notice,
    Person,
    Place,
    Recovery,
    RecoveryCode,
    SafeContact,
    SignInCode,
    Word,
    WordLink,
)
from people.safe_times import next_safe
from tenants.schemes.models import Domain, Membership, Scheme
from tenants.schemes.rights import Permission, rights_of

ERASED = "Somebody whose account was erased"
LATELY = 10


@dataclass(frozen=True, slots=True)
class MyScheme:
    """A scheme in a person's own list, with the role they work in there, if they do."""

    scheme: Scheme
    roles: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """One session: since when, with which kind of device, and on which scheme's pages; no scheme is the platform."""

    session_key: str
    since: datetime
    device: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody chose to be told, and where: an address, a number, or the name of whoever tells them."""

    contact: SafeContact
    to: str


def work_email(person_id: UUID) -> str | None:
    """Where staff sign in: for wordless messages about their work alone, for which nobody has to choose a way."""
    return Person.objects.filter(pk=person_id, is_active=True).values_list("email", flat=True).first()


def own_email(person_id: UUID) -> str | None:
    """Where somebody signs in, for wordless messages about what they do in a group; not if they chose another way.

    Who said only when, or in which form, has chosen none.
    """
    chosen = SafeContact.objects.filter(person_id=person_id).exclude(channel=SafeContact.Channel.PAGE, way_is_open=True)
    elsewhere = chosen.exclude(channel=SafeContact.Channel.EMAIL)
    return None if elsewhere.exists() else work_email(person_id)


def safe_to_write(person_id: UUID) -> datetime:
    """When such a message may go at the earliest: now, or at the next time that they named."""
    contact = SafeContact.objects.filter(person_id=person_id).first()
    return next_safe(contact, after=clock.now(), channel=SafeContact.Channel.EMAIL) if contact else clock.now()


def has_an_account(person_id: UUID) -> bool:
    """Whether somebody's account is open; nothing is taken any more in the name of who has none."""
    return Person.objects.filter(pk=person_id, is_active=True).exists()


def way_to(person_id: UUID) -> Way | None:
    """The way somebody chose to be told, if they agreed to it and it can be used; else their page is the only one."""
    return ways_to([person_id]).get(person_id)


def ways_to(person_ids: Iterable[UUID | None]) -> dict[UUID, Way]:
    """The same for several people, in one question; who can only look at their page is not among them."""
    ids = {pk for pk in person_ids if pk}
    agreed = Consent.objects.filter(person_id__in=ids, purpose=Consent.Purpose.CONTACT, withdrawn_at=None)
    contacts = (
        SafeContact.objects.filter(person_id__in=ids, person__is_active=True, person__consents__in=agreed)
        .exclude(channel=SafeContact.Channel.PAGE)
        .select_related("person", "person__mobile")
    )
    ways = {contact.person_id: _way_of(contact) for contact in contacts}
    return {person_id: way for person_id, way in ways.items() if way}


def _way_of(contact: SafeContact) -> Way | None:
    mobile = getattr(contact.person, "mobile", None)
    to = {
        SafeContact.Channel.EMAIL: contact.person.email or "",
        SafeContact.Channel.TEXT: mobile.number if mobile else "",
        SafeContact.Channel.LETTER: contact.letter_to,
        SafeContact.Channel.WORKER: contact.worker,
    }[SafeContact.Channel(contact.channel)]
    return Way(contact, to) if to else None


def chosen_form(person_id: UUID) -> tuple[str, str]:
    """In which form a person can read an answer, and in their words what else would work; empty until they said so."""
    contact = SafeContact.objects.filter(person_id=person_id).first()
    return (contact.format, contact.format_words) if contact else ("", "")


def mobile_of(person: Person) -> Mobile | None:
    """The number a person showed to be theirs."""
    return Mobile.objects.filter(person=person).first()


def code_on_its_way(person: Person) -> MobileCode | None:
    """A code that was sent to a number of theirs, and can still be used."""
    return MobileCode.objects.filter(person=person, expires_at__gt=clock.now()).first()


def sign_in_code(code_id: UUID) -> SignInCode | None:
    """A code that was sent to sign in with, as long as it can be used."""
    return SignInCode.objects.filter(pk=code_id, expires_at__gt=clock.now()).first()


def person_by_mobile(number: str) -> Person | None:
    """Whose number this is, however it was typed: that of whoever last read a code there."""
    try:
        typed = numbers.mobile(number)
    except numbers.BadNumber:
        return None
    return Person.objects.filter(mobile__number=typed, is_active=True).first()


def person_by_way(typed: str) -> Person | None:
    """Whose e-mail address or mobile number this is, however it was typed."""
    if "@" in typed:
        return Person.objects.filter(email=typed.strip().lower(), is_active=True).first()
    return person_by_mobile(typed)


def may_be_recovered(person: Person) -> bool:
    """Whether a code on paper may lead into this account: only where it opens nothing but the person's own pages."""
    if Membership.objects.of(person.pk).running().exists():
        return False
    return rights_of(person.pk, None) <= {Permission.ANYONE, Permission.SIGNED_IN}


def recovery_of(person: Person) -> Recovery | None:
    """A new way in that waits to be opened."""
    return Recovery.objects.filter(person=person, opens_at__isnull=False).first()


def recovery_to(number: str) -> Recovery | None:
    """A new way in that waits to be opened and leads to this number; the first, if there are several."""
    return Recovery.objects.filter(to=number, opens_at__isnull=False).first()


def recovery_being_proved(recovery_id: UUID) -> Recovery | None:
    """A new way in to which figures are on their way."""
    return Recovery.objects.filter(pk=recovery_id, proved_at=None, code_until__gt=clock.now()).first()


def recovery_to_stop(stop_hash: str) -> Recovery | None:
    """The one that a link stops, for whoever has only that link."""
    waiting = Recovery.objects.filter(opens_at__isnull=False, stop_hash=stop_hash)
    return waiting.select_related("person").first()


def paper_code_of(person: Person) -> RecoveryCode | None:
    """The code that somebody keeps on paper, as far as we know of it: when it was made, and until when it works."""
    return RecoveryCode.objects.filter(
        person=person, source=RecoveryCode.Source.PAPER, expires_at__gt=clock.now()
    ).first()


def outcomes_of(word_ids: Iterable[UUID]) -> Mapping[UUID, Outcome]:
    """How messages ended, of those that went out."""
    found = Word.objects.filter(pk__in=list(word_ids)).exclude(sent_at=None)
    return {word.pk: Outcome(word.outcome) for word in found}


def link_behind(token: str) -> WordLink | None:
    """What the secret of a link in a message opens, as long as it does."""
    return WordLink.objects.filter(token_hash=tokens.fingerprint(token), until__gt=clock.now()).first()


def last_word_failed(person: Person) -> bool:
    """Whether the last message that we sent somebody did not arrive."""
    last = Word.objects.filter(person=person).exclude(sent_at=None).order_by("-sent_at").first()
    return last is not None and last.outcome == Outcome.FAILED


def wants_words(person_id: UUID) -> bool:
    """Whether words themselves may stand in a message to this person."""
    return SafeContact.objects.filter(person_id=person_id, words_in_messages=True).exists()


def wants_words_behind(key: UUID, person_id: UUID) -> bool:
    """Whether the link of one thing may show words: only if it was sent by the way that is theirs now."""
    way = way_to(person_id)
    if way is None or not way.contact.words_in_messages:
        return False
    return WordLink.objects.filter(key=key, word__person_id=person_id, word__channel=way.contact.channel).exists()


def contact_of(person: Person) -> SafeContact:
    """How a person said they are safely reached, or what holds until they do."""
    return SafeContact.objects.filter(person=person).first() or SafeContact(way_is_open=True)


def notice(person: Person, notice_id: UUID) -> Notice:
    """One of a person's own notices; anybody else's is not found."""
    return get_object_or_404(Notice, pk=notice_id, person=person)


def verified_addresses(person: Person) -> set[str]:
    """The addresses this person has shown to be theirs."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in found}


def person(person_id: UUID) -> Person:
    """Somebody by their id; anybody else is not found."""
    return get_object_or_404(Person, pk=person_id)


def second_steps(person: Person) -> "QuerySet[Authenticator]":
    """The passkeys and the app of a person, the oldest first; recovery codes only stand in for them."""
    return Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).order_by("pk")


def codes_left(person: Person) -> int:
    """How many recovery codes have not been used."""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def reached_at(person: Person) -> set[str]:
    """Every address and number that this person has shown to be theirs."""
    return verified_addresses(person) | set(Mobile.objects.filter(person=person).values_list("number", flat=True))


def require_shown(person: Person) -> None:
    """Refuse somebody who has shown no address to be theirs: anybody can make an account with another's address."""
    if not verified_addresses(person):
        raise NotShown("Nobody has signed in with this address yet. Ask them to sign in once, then try again.")


def names(person_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """The names of people, in one question."""
    people = Person.objects.filter(pk__in={pk for pk in person_ids if pk})
    return {person.pk: ERASED if person.erased_at else str(person) for person in people}


def unread_notices(person: Person) -> QuerySet[Notice]:
    """What waits for a person."""
    return Notice.objects.filter(person=person, read_at=None)


def is_waiting(person_id: UUID, *, kinds: Collection[str], key: str) -> bool:
    """Whether somebody has one of these on their page and has not looked at it."""
    return Notice.objects.filter(person_id=person_id, kind__in=kinds, key=key, read_at=None).exists()


def kinds_waiting(person_id: UUID, *, kinds: Collection[str]) -> dict[str, str]:
    """What of these somebody has not looked at, by its key; of two kinds about one thing the later one of `kinds`."""
    found = Notice.objects.filter(person_id=person_id, kind__in=kinds, read_at=None).values_list("key", "kind")
    return dict(sorted(found, key=lambda one: list(kinds).index(one[1])))


def waits_since(person_id: UUID, *, kind: str, key: str) -> datetime | None:
    """Since when something waits on somebody's page that they have not looked at; nothing where it does not."""
    waiting = Notice.objects.filter(person_id=person_id, kind=kind, key=key, read_at=None)
    return waiting.values_list("at", flat=True).first()


def lately(person: Person) -> QuerySet[Notice]:
    """What a person has seen, the newest first."""
    return Notice.objects.filter(person=person).exclude(read_at=None).order_by("-at")[:LATELY]


def my_schemes(person: Person) -> list[MyScheme]:
    """The open schemes in a person's own list, and those they work for."""
    listed = set(Place.objects.filter(person=person).values_list("scheme_id", flat=True))
    roles: dict[UUID, list[str]] = {}
    for membership in Membership.objects.of(person.pk).running():
        roles.setdefault(membership.scheme_id, []).append(membership.get_role_display())
    schemes = Scheme.objects.live().filter(pk__in=listed | set(roles))
    return [MyScheme(scheme, " and ".join(roles.get(scheme.pk, []))) for scheme in schemes]


def standing_consents(person: Person) -> dict[str, Consent]:
    """What a person agreed to and has not taken back, by purpose."""
    return {consent.purpose: consent for consent in Consent.objects.filter(person=person, withdrawn_at=None)}


def is_settled(person: Person) -> bool:
    """Whether somebody has said what to call them, and agreed that we keep an account for them."""
    return bool(person.name) and Consent.Purpose.ACCOUNT in standing_consents(person)


def erasure_asked_for(person: Person) -> ErasureRequest | None:
    """That a person asked to be erased, if they did."""
    return ErasureRequest.objects.filter(person=person).first()


def sign_ins(person: Person) -> list[SignIn]:
    """Where a person is signed in now, the newest first."""
    begun = {one.session_key: one for one in UserSession.objects.filter(user=person).order_by("-created_at")}
    running = Session.objects.filter(pk__in=begun, expire_date__gt=clock.machine_now()).in_bulk()
    hosts = {key: str(read(session).get(SESSION_HOST, "")) for key, session in running.items()}
    names_of = dict(Domain.objects.filter(domain__in=hosts.values()).values_list("domain", "tenant__name"))
    return [
        SignIn(key, one.created_at, device(one.user_agent), names_of.get(hosts[key], ""))
        for key, one in begun.items()
        if key in hosts
    ]

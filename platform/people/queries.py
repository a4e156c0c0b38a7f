"""What pages and other apps ask about people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kit import clock
from kit.sessions import read
from people.devices import device
from people.errors import NotShown
from people.middleware import SESSION_HOST
from people.models import Consent, ErasureRequest, Notice, Person, Place, SafeContact
from tenants.schemes.models import Domain, Membership, Scheme

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


def safe_email(person_id: UUID) -> str | None:
    """The address a message may go to: only where the person chose e-mail as safe, and agreed to messages."""
    agreed = Consent.objects.filter(person_id=person_id, purpose=Consent.Purpose.CONTACT, withdrawn_at=None)
    person = (
        Person.objects.filter(
            pk=person_id, is_active=True, contact__channel=SafeContact.Channel.EMAIL, consents__in=agreed
        )
        .values_list("email", flat=True)
        .first()
    )
    return person or None


def wants_words(person_id: UUID) -> bool:
    """Whether words themselves may stand in a message to this person."""
    return SafeContact.objects.filter(person_id=person_id, words_in_messages=True).exists()


def chosen_contact(person: Person) -> SafeContact | None:
    """How a person said they are safely reached; nothing until they did."""
    return SafeContact.objects.filter(person=person).first()


def notice(person: Person, notice_id: UUID) -> Notice:
    """One of a person's own notices; anybody else's is not found."""
    return get_object_or_404(Notice, pk=notice_id, person=person)


def verified_addresses(person: Person) -> set[str]:
    """The addresses this person has shown to be theirs."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in found}


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


def erasure_asked_for(person: Person) -> ErasureRequest | None:
    """That a person asked to be erased, if they did."""
    return ErasureRequest.objects.filter(person=person).first()


def sign_ins(person: Person) -> list[SignIn]:
    """Where a person is signed in now, the newest first."""
    begun = {one.session_key: one for one in UserSession.objects.filter(user=person).order_by("-created_at")}
    running = Session.objects.filter(pk__in=begun, expire_date__gt=clock.now()).in_bulk()
    hosts = {key: str(read(session).get(SESSION_HOST, "")) for key, session in running.items()}
    names_of = dict(Domain.objects.filter(domain__in=hosts.values()).values_list("domain", "tenant__name"))
    return [
        SignIn(key, one.created_at, device(one.user_agent), names_of.get(hosts[key], ""))
        for key, one in begun.items()
        if key in hosts
    ]

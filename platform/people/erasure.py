"""Emptying a person everywhere, and doing it again after any restore. Runs as the eraser."""

import os
from collections.abc import Callable
from email.parser import BytesHeaderParser
from pathlib import Path
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

import audit
import kit.erasure
from kit import clock, scope
from kit.erasure import Report, erase_in_schema, take_samples_anew
from people.actions import sign_out_everywhere
from people.errors import NoSuchPerson
from people.models import Erasure, Mobile, Person, SignInCode
from tenants.schemes.models import Invitation, Scheme

ByAddress = Callable[[set[str]], object]
ByPerson = Callable[[UUID], object]
Follower = Callable[[Report], object]
_by_address: list[ByAddress] = []
_withdrawers: list[ByPerson] = []
_followers: list[Follower] = []


def erases_by_address(eraser: ByAddress) -> ByAddress:
    """Register what must go because it holds a person's addresses rather than their id, such as open invitations."""
    _by_address.append(eraser)
    return eraser


@erases_by_address
def erase_invitations(addresses: set[str]) -> None:
    """Invitations that were sent to the person, accepted or not."""
    Invitation.objects.filter(email__in=addresses).delete()


@erases_by_address
def erase_codes_on_their_way(addresses: set[str]) -> None:
    """Codes that were just sent to a number of theirs."""
    SignInCode.objects.filter(number__in=addresses).delete()


def withdraws_invitations(withdraw: ByPerson) -> ByPerson:
    """Register what takes back what a person offered to others: nobody comes in by the word of who is gone."""
    _withdrawers.append(withdraw)
    return withdraw


def follows(follow: Follower) -> Follower:
    """Register what must follow where something of a person was emptied; called in that schema, in the same
    transaction, with what was done. It is told no person."""
    _followers.append(follow)
    return follow


@withdraws_invitations
def withdraw_invitations(person_id: UUID) -> None:
    """Invitations that the person sent and nobody has accepted yet."""
    Invitation.objects.open().filter(invited_by_id=person_id).update(withdrawn_at=clock.now())


def erase(who: Person | UUID | str) -> list[Report]:
    """Empty a person in every schema. Killed at any step and started again, it goes on; done twice, it does no harm."""
    person = find(who)
    _write_down(person.pk)
    ledger, _ = Erasure.objects.get_or_create(person_id=person.pk)
    reports = _empty_everywhere(person)
    ledger.done_at = ledger.done_at or clock.now()
    ledger.save(update_fields=["done_at"])
    return reports


def would_erase(person: Person) -> list[Report]:
    """What `erase` would do in every schema; nothing is touched."""
    reports = []
    for schema in [*_schemas(), scope.PUBLIC]:
        with scope.enter(schema):
            reports.append(kit.erasure.would_erase(person.pk))
    return reports


def replay_ledger() -> int:
    """After a restore: empty everybody again whom the ledger names; how many they were."""
    for person_id in Person.objects.filter(pk__in=_written_down()).values_list("pk", flat=True):
        Erasure.objects.get_or_create(person_id=person_id)
    for line in Erasure.objects.all():
        person = Person.objects.filter(pk=line.person_id).first()
        if person is not None:
            _empty_everywhere(person)
        now = clock.now()
        line.done_at, line.last_replayed_at = line.done_at or now, now
        line.save(update_fields=["done_at", "last_replayed_at"])
    return Erasure.objects.count()


def find(who: Person | UUID | str) -> Person:
    """The person with this e-mail address or id."""
    if isinstance(who, Person):
        return who
    found = Person.objects.filter(email=str(who).strip().lower()).first() if "@" in str(who) else _by_id(who)
    if found is None:
        raise NoSuchPerson(f"Nobody here has the address or id {who}. Check it and try again.")
    return found


def _ledger_file() -> Path:
    """The ledger beside the database, ids alone: a backup that is brought back may be older than an erasure."""
    return Path(settings.DATA_FOLDER) / "erased"


def _write_down(person_id: UUID) -> None:
    if person_id not in _written_down():
        with _ledger_file().open("a", encoding="ascii") as ledger:
            ledger.write(f"{person_id}\n")
            ledger.flush()
            os.fsync(ledger.fileno())


def _written_down() -> list[UUID]:
    file = _ledger_file()
    return [UUID(line) for line in file.read_text(encoding="ascii").split()] if file.exists() else []


def _by_id(who: UUID | str) -> Person | None:
    try:
        return Person.objects.filter(pk=UUID(str(who))).first()
    except ValueError:
        return None


def _empty_everywhere(person: Person) -> list[Report]:
    with transaction.atomic():
        sign_out_everywhere(person=person, by=None)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        take_samples_anew()
    addresses = {
        address.lower() for address in EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    }
    addresses |= {person.email.lower()} if person.email else set()
    addresses |= set(Mobile.objects.filter(person=person).values_list("number", flat=True))
    with transaction.atomic():
        for eraser in _by_address:
            eraser(addresses)
        for withdraw in _withdrawers:
            withdraw(person.pk)
        take_samples_anew()
    _remove_mail_files(addresses)
    # Public last: as long as it has not been emptied, the address still finds the person for whoever starts again.
    return [_empty_in(person.pk, schema) for schema in [*_schemas(), scope.PUBLIC]]


def _empty_in(person_id: UUID, schema: str) -> Report:
    with scope.enter(schema), transaction.atomic():
        report = erase_in_schema(person_id, schema)
        for follow in _followers:
            follow(report)
        if schema == scope.PUBLIC:
            Person.objects.filter(pk=person_id, erased_at=None).update(erased_at=clock.now())
        if report.erased or report.emptied:
            audit.record(by=None, operation="erase", what="erased a person", subject=person_id)
        take_samples_anew()
    return report


def _schemas() -> list[str]:
    """Every scheme's schema, those of closed schemes too: they still hold what they held."""
    return list(Scheme.objects.values_list("schema_name", flat=True))


def _remove_mail_files(addresses: set[str]) -> None:
    """Where messages are written into a folder instead of being sent, those to this person go as well."""
    for file in Path(settings.EMAIL_FILE_PATH).glob("*"):
        if file.suffix not in (".eml", ".text"):
            continue
        with file.open("rb") as message:
            to = str(BytesHeaderParser().parse(message)["To"] or "")
        if to.strip().lower() in addresses:
            file.unlink(missing_ok=True)

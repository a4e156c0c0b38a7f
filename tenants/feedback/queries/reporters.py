"""Whom this scheme knows of those who are named as reporters; who has an account is never told."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from people.models import Person
from tenants.feedback.models import GroupTag, Sayer
from tenants.feedback.rules import Kind


@dataclass(frozen=True, slots=True)
class KnownReporters:
    """Of the people behind some addresses, those who said something here, and those who reported for a group here."""

    people: Mapping[str, UUID]
    said_something: Set[UUID | None]
    reported: Set[tuple[UUID | None, UUID]]

    def of(self, address: str, group: GroupTag) -> UUID | None:
        """Who may report for a group: whoever said something here themselves, or reported for it before."""
        person = self.people.get(address)
        if person in self.said_something or (person, group.pk) in self.reported:
            return person
        return None


def known_reporters(addresses: Iterable[str]) -> KnownReporters:
    """Whom a file may name as reporters, by their addresses in small letters."""
    found = Person.objects.filter(email__in=set(addresses), is_active=True).values_list("email", "pk")
    people = {str(address): pk for address, pk in found}
    heard = Sayer.objects.filter(person_id__in=people.values())
    said_something = heard.filter(kind=Kind.PERSON).values_list("person_id", flat=True)
    reported = heard.filter(kind=Kind.REPORTER).values_list("person_id", "speaks_for_id")
    return KnownReporters(people, set(said_something), set(reported))

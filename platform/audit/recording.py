"""Writing an entry, in the transaction of what it tells of."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.db import models

from audit.models import Entry
from audit.operations import Basis, Operation


class HasKey(Protocol):
    """Anything with a primary key that is a UUID: a person."""

    @property
    def pk(self) -> UUID: ...


Person = HasKey | UUID | None


def record(
    *,
    by: Person,
    operation: Operation | str,
    what: str,
    subject: Person = None,
    thing: models.Model | None = None,
    basis: Basis | str = "",
) -> Entry:
    """Add to the audit of the schema entered: who did what with whose information, on which lawful basis.

    `what` is a short phrase of the code's own in small letters ("read a point"), never anybody's words.
    """
    entry = _entry(by=by, operation=operation, what=what, subject=subject, thing=thing, basis=basis)
    entry.save(force_insert=True)
    return entry


def record_each(
    *,
    by: Person,
    operation: Operation | str,
    what: str,
    about: Iterable[tuple[Person, models.Model | None]],
    basis: Basis | str = "",
) -> None:
    """Add an entry for each subject and thing, to all of which the same was done, in one statement."""
    Entry.objects.bulk_create(
        _entry(by=by, operation=operation, what=what, subject=subject, thing=thing, basis=basis)
        for subject, thing in about
    )


def _entry(*, by: Person, operation: str, what: str, subject: Person, thing: models.Model | None, basis: str) -> Entry:
    return Entry(
        by=_id(by),
        operation=operation,
        what=what,
        subject=_id(subject),
        thing_kind=thing._meta.label_lower if thing else "",
        thing_id=str(thing.pk) if thing else "",
        basis=basis,
    )


def _id(person: Person) -> UUID | None:
    return person if person is None or isinstance(person, UUID) else person.pk

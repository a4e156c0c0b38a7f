"""What waits for a person, and which schemes are in their own list: rows that only their own requests read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kit import clock
from people.models import Notice, Place
from tenants.schemes.models import Scheme


@transaction.atomic
def notice(
    *, person_id: UUID, kind: str, key: str, path: str, scheme: Scheme | None = None, at: datetime | None = None
) -> bool:
    """Tell a person on their page that something waits, once for this kind and key; no words, only the way there.

    `at` is since when it waits, if not since now. Whether they had not been told yet.
    """
    what = {"path": path, "scheme_id": scheme.pk if scheme else None, "at": at or clock.now()}
    return Notice.objects.get_or_create(person_id=person_id, kind=kind, key=key, defaults=what)[1]


@transaction.atomic
def notice_again(
    *, person_id: UUID, kind: str, key: str, path: str, scheme: Scheme | None = None, at: datetime | None = None
) -> bool:
    """The same of what can happen more than once: it waits anew if it was read. Whether it did not wait yet."""
    if Notice.objects.filter(person_id=person_id, kind=kind, key=key, read_at=None).update(path=path):
        return False
    anew = {"path": path, "scheme_id": scheme.pk if scheme else None, "at": at or clock.now(), "read_at": None}
    Notice.objects.update_or_create(person_id=person_id, kind=kind, key=key, defaults=anew)
    return True


@transaction.atomic
def move_notice(*, person_id: UUID, kind: str, key: str, path: str) -> None:
    """What waits leads to another page from now on; nothing where nothing waits."""
    Notice.objects.filter(person_id=person_id, kind=kind, key=key).update(path=path)


@transaction.atomic
def read_notice(*, person_id: UUID, kind: str, key: str) -> None:
    """What waited has been seen, and moves from “what waits for you” to “what changed lately”."""
    Notice.objects.filter(person_id=person_id, kind=kind, key=key, read_at=None).update(read_at=clock.now())


@transaction.atomic
def read_notices(*, person_id: UUID, kinds: Collection[str], keys: Collection[str]) -> None:
    """The same of all that waited for one person by these kinds and keys."""
    waiting = Notice.objects.filter(person_id=person_id, kind__in=kinds, key__in=keys, read_at=None)
    waiting.update(read_at=clock.now())


@transaction.atomic
def read_notices_below(
    *, person_id: UUID, path: str, kinds: Collection[str] | None = None, but: Iterable[str] = ()
) -> None:
    """The same of all, or of these kinds, that lead one person to a page below this one, but for those below others."""
    waiting = Notice.objects.filter(person_id=person_id, path__startswith=path, read_at=None)
    if kinds is not None:
        waiting = waiting.filter(kind__in=kinds)
    for page in but:
        waiting = waiting.exclude(path__startswith=page)
    waiting.update(read_at=clock.now())


@transaction.atomic
def end_notices(*, kind: str, key: str) -> list[UUID]:
    """What waited for several people waits for nobody any more; everybody to whom it was given."""
    given = Notice.objects.filter(kind=kind, key=key)
    told = sorted(given.values_list("person_id", flat=True))
    given.filter(read_at=None).update(read_at=clock.now())
    return told


@transaction.atomic
def withdraw_notices(*, kind: str, key: str) -> None:
    """What waits for several people is so no more: for whoever has not looked, it is as if it had never been given."""
    Notice.objects.filter(kind=kind, key=key, read_at=None).delete()


@transaction.atomic
def remember_place(*, person_id: UUID, scheme: Scheme) -> None:
    """Put a scheme into a person's own list."""
    Place.objects.get_or_create(person_id=person_id, scheme_id=scheme.pk)

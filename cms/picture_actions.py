"""What is written down and taken back of those who can be recognised in a picture or a film (S3, S29)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from wagtail.images.models import Filter, SourceImageIOError

import audit
from cms import picture_words, shapes
from cms.errors import AlreadyOver, FilmIsThere
from cms.models import Film, Picture, PictureConsent
from cms.models.pictures import alone_with_sizes, delete_sizes
from kit import clock, outbox
from people.models import Person
from people.queries import person_by_way, verified_addresses


@transaction.atomic
def add_film(*, title: str, address: str, people: int, by: Person) -> Film:
    """Add a film that stands elsewhere; a page leads to it once everybody in it has agreed."""
    try:
        with transaction.atomic():
            film = Film.objects.create(title=title.strip(), address=address, people=people)
    except IntegrityError:
        raise FilmIsThere("This film is in the list already.") from None
    audit.record(by=by, operation="change", what="added a film", thing=film)
    return film


@transaction.atomic
def record_consent(
    *,
    of: Picture | Film,
    who: str,
    explained: str,
    agreed_on: date,
    by: Person,
    until: date | None = None,
    reach: str = "",
) -> PictureConsent:
    """Write down that somebody agreed; with their address or number, erasing their account takes it back too."""
    if isinstance(of, Picture) and not Picture.objects.not_taken_back().filter(pk=of.pk).exists():
        raise AlreadyOver("Somebody in this picture took it back, so it stays away. Upload another picture.")
    is_film = isinstance(of, Film)
    consent = PictureConsent.objects.create(
        purpose=PictureConsent.Purpose.FILM if is_film else PictureConsent.Purpose.PHOTO,
        film=of if isinstance(of, Film) else None,
        picture=of if isinstance(of, Picture) else None,
        who=who.strip(),
        person_id=account_of(reach),
        explained=explained,
        wording_version=f"{'film' if is_film else 'photo'} {picture_words.VERSION}",
        agreed_on=agreed_on,
        until=until,
        recorded_by_id=by.pk,
    )
    audit.record(
        by=by, operation="collect", what="wrote down that somebody agreed to be seen", subject=consent.person_id,
        thing=consent, basis="consent",
    )  # fmt: skip
    return consent


@transaction.atomic
def take_back(*, consent: PictureConsent, by: Person) -> PictureConsent:
    """End an agreement: from here on nothing shows the picture, and its files go as soon as the worker comes by."""
    consent = PictureConsent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at or consent.erased:
        raise AlreadyOver("This was taken back already.")
    consent.withdrawn_at, consent.withdrawn_by_id = clock.now(), by.pk
    consent.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    audit.record(
        by=by, operation="change", what="took back that somebody agreed to be seen", subject=consent.person_id,
        thing=consent,
    )  # fmt: skip
    if consent.picture_id:
        outbox.put("cms.picture_taken_back", key=consent.pk, picture=consent.picture_id)
    return consent


@transaction.atomic
def make_sizes(*, picture_id: int, version: str) -> None:
    """Make every size that is not there; of a picture that is gone, taken back or another by now, none.

    Whoever began it and was killed may have left files of which nothing knows: they are deleted.
    """
    alone_with_sizes(picture_id, wait=True)
    picture = Picture.objects.not_taken_back().filter(pk=picture_id).first()
    if picture and picture.version == version:
        try:
            picture.make_sizes(map(Filter, shapes.EVERY_SIZE), wait=True)
        except SourceImageIOError:
            # Its file went with it, while it was read: that is no failure.
            if Picture.objects.filter(pk=picture_id).exists():
                raise
    there = Picture.objects.select_for_update(no_key=True).filter(pk=picture_id).first()
    delete_sizes(picture_id, but=set(there.renditions.values_list("file", flat=True)) if there else ())


@transaction.atomic
def promise_sizes() -> None:
    """Promise the sizes of every picture in the library, once for its file, its focal point and the sizes there are."""
    for picture in Picture.objects.not_taken_back():
        picture.promise_sizes()


@transaction.atomic
def clear_away(*, picture_id: int) -> None:
    """Delete a picture that was taken back: every size, and the file as it was uploaded."""
    # Whoever keeps a size of it holds this row: none comes after the files were counted.
    picture = Picture.objects.select_for_update().filter(pk=picture_id).first()
    if picture is None:
        return
    files = [picture.file, *(size.file for size in picture.renditions.all())]
    audit.record(by=None, operation="erase", what="deleted a picture that was taken back", thing=picture)
    picture.delete()
    # Before the commit: if it fails, all of it is done again, whereas a file forgotten after it would stay for ever.
    for file in files:
        file.storage.delete(file.name)
    delete_sizes(picture_id)


def read_consents(*, of: Any, by: Person) -> None:
    """Write down that somebody read who agreed."""
    audit.record(by=by, operation="read", what="read who agreed to be seen", thing=of)


def account_of(reach: str) -> UUID | None:
    """Whose account an address or number belongs to, if they showed that it is theirs; nobody is told."""
    person = person_by_way(reach) if reach.strip() else None
    if person is None or ("@" in reach and reach.strip().lower() not in verified_addresses(person)):
        return None
    return person.pk

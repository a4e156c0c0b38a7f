"""What the site says of somebody who agreed to be named, and taking it all back (S3)."""

from datetime import date

from django.db import transaction

import audit
from cms import picture_actions, picture_words
from cms.errors import AlreadyOver
from cms.models import Named, Picture
from cms.models.named import NO_WORDS
from kit import clock, outbox
from people.models import Person


@transaction.atomic
def name_somebody(
    *,
    name: str,
    does: str,
    words: str,
    photo: Picture | None,
    explained: str,
    agreed_on: date,
    by: Person,
    until: date | None = None,
    reach: str = "",
) -> Named:
    """Write down somebody who agreed to be named; with their address or number, erasing their account ends it too."""
    named = Named.objects.create(
        name=name.strip(),
        does=does.strip(),
        words=words.strip(),
        photo=photo,
        person_id=picture_actions.account_of(reach),
        explained=explained,
        wording_version=f"named {picture_words.VERSION}",
        agreed_on=agreed_on,
        until=until,
        recorded_by_id=by.pk,
    )
    audit.record(
        by=by, operation="collect", what="wrote down that somebody agreed to be named", subject=named.person_id,
        thing=named, basis="consent",
    )  # fmt: skip
    return named


@transaction.atomic
def change_words(*, named: Named, name: str, does: str, words: str, photo: Picture | None, by: Person) -> Named:
    """Change what the site says of somebody, as they want it; a portrait before this one goes from everywhere."""
    named = _locked(named)
    before = named.photo
    named.name, named.does, named.words, named.photo = name.strip(), does.strip(), words.strip(), photo
    named.save(update_fields=["name", "does", "words", "photo"])
    audit.record(
        by=by, operation="change", what="changed what the site says of somebody", subject=named.person_id, thing=named
    )
    if before and before != photo:
        _take_portrait_back(before, by)
    return named


@transaction.atomic
def take_off(*, named: Named, by: Person) -> Named:
    """Take somebody off the site: every word of them goes now, and their portrait from everywhere."""
    named = _locked(named)
    portrait = named.photo
    for field, empty in NO_WORDS.items():
        setattr(named, field, empty)
    named.withdrawn_at, named.withdrawn_by_id = clock.now(), by.pk
    named.save(update_fields=[*NO_WORDS, "withdrawn_at", "withdrawn_by_id"])
    audit.record(
        by=by, operation="change", what="took somebody off the site who was named", subject=named.person_id, thing=named
    )
    if portrait:
        _take_portrait_back(portrait, by)
    return named


def _take_portrait_back(portrait: Picture, by: Person) -> None:
    # Only they can be recognised in it, so that whatever was agreed to it was theirs.
    for consent in portrait.consents.filter(withdrawn_at=None, erased=False):
        picture_actions.take_back(consent=consent, by=by)
    outbox.put("cms.picture_taken_back", key=portrait.pk, picture=portrait.pk)


def _locked(named: Named) -> Named:
    named = Named.objects.select_for_update().get(pk=named.pk)
    if named.withdrawn_at or named.erased:
        raise AlreadyOver("This person was taken off the site already.")
    return named

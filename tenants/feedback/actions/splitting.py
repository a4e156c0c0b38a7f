"""A point that says two things is taken apart: each part gets its own theme, words and decision (ADR 0049)."""

import uuid

from django.db import transaction

import audit
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import latest_round, locked_with_words
from tenants.feedback.actions.together import NO_LONGER_APPROVED
from tenants.feedback.errors import AlreadyAnswered, NothingSaid
from tenants.feedback.models import Consent, Point, PointGroup, Sayer, Theme

# What a part has of its own; everything else it shares with what it was cut from.
OWN = {"id", "said", "said_whole", "public_words", "theme_id", "import_key", "client_key", "split_from_id"}
CHANGED = "Leave words out, but write none of your own: each part stands as it was said."


@transaction.atomic
def split(*, point: Point, stays: str, goes: str, theme: Theme | None, client_key: uuid.UUID, by: Person) -> Point:
    """Take a point apart: `stays` are the words that it keeps, `goes` those of the new one, about `theme`.

    Those who said it said both, by the same slip or on the same page. Sent twice with one key it is done once.
    """
    point = locked_with_words(point.pk)
    key = uuid.uuid5(client_key, str(point.pk))
    there = Point.objects.filter(client_key=key).first()
    if there:
        return there
    whole = point.said_whole or point.said
    _check(point, stays, goes)
    sayers, groups = list(point.sayers.all()), list(point.groups.all())
    part = Point(
        **{name: value for name, value in _row(point).items() if name not in OWN} | NO_LONGER_APPROVED,
        said=goes.strip(), said_whole=whole, theme=theme, split_from=point, client_key=key,
    )  # fmt: skip
    part.save(force_insert=True)
    PointGroup.objects.bulk_create(PointGroup(point=part, group=group) for group in groups)
    for sayer in sayers:
        _say_this_too(sayer, part)
    count_again(part.pk)
    point.said, point.said_whole = stays.strip(), whole
    for name, value in NO_LONGER_APPROVED.items():
        setattr(point, name, value)
    point.save(update_fields=["said", "said_whole", *NO_LONGER_APPROVED])
    audit.record(
        by=by, operation="collate", what="took a point apart that says two things", thing=point, basis="consent"
    )
    audit.record(by=by, operation="collate", what="made a point of a part of another", thing=part, basis="consent")
    return part


def _check(point: Point, stays: str, goes: str) -> None:
    if point.answered_with_id or point.joined.exists():
        raise AlreadyAnswered("This is answered together with another. Take them apart first.")
    if latest_round(point) or not point.is_open:
        raise AlreadyAnswered("This has an answer already. Only what waits for its first answer is taken apart.")
    for name, words in (("stays", stays), ("goes", goes)):
        if not words.strip():
            raise NothingSaid("Leave the words of this part here.", field=name)
        if not rules.is_cut_from(words, point.said):
            raise NothingSaid(CHANGED, field=name)
    if stays.split() == goes.split():
        raise NothingSaid("Both parts say the same. Leave out here what stands above.", field="goes")


def _row(point: Point) -> dict[str, object]:
    return {field.attname: getattr(point, field.attname) for field in Point._meta.concrete_fields}


def _say_this_too(sayer: Sayer, part: Point) -> None:
    """The same person, or the same slip, with the same agreements, for the other part."""
    agreements = list(sayer.consents.all())
    sayer.pk, sayer.point = uuid.uuid4(), part
    sayer.save(force_insert=True)
    for agreement in agreements:
        agreement.pk, agreement.sayer = uuid.uuid4(), sayer
    Consent.objects.bulk_create(agreements)

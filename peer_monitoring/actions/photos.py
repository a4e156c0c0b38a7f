"""Photos of a record: named by it, received one by one, and rebuilt from their pixels before anybody sees them."""

from io import BytesIO
from uuid import UUID

from django.db import transaction

import audit
from kit import outbox, pictures
from peer_monitoring.errors import NotAPhoto
from peer_monitoring.models import Attachment, Photo, Picture, Record, Visit
from peer_monitoring.records import Sent, sha256

KINDS = (pictures.JPEG,)
PHOTOS_OFF = "Photos are off at this place. This one was not taken."
NOT_NAMED = "No record of yours names this photo. Keep this phone as it is and tell whoever leads your group."
NO_PICTURE = "This is no photo that can be read. Take another one, or leave it out."
TOO_BIG = "This photo has more than 24 megapixels. Take another one with the app."


def name_photos(record: Record, sent: Sent, visit: Visit) -> None:
    """Write down which photos belong to a record. What came with an earlier record of the same person is there.

    Where photos are off by now, those belong to it that may have been taken before, and those that were named before.
    """
    named = [one.sha256 for one in sent.photos]
    before = Attachment.objects.of_person(visit, record.person_id).filter(sha256__in=named)
    kept = set(named if visit.lets_photos_in(sent.began_at) else before.values_list("sha256", flat=True))
    came = Photo.objects.of_person(visit, record.person_id).filter(sha256__in=kept)
    here = {sha: pk for pk, sha in came.values_list("pk", "sha256")}
    Attachment.objects.bulk_create(
        [
            Attachment(
                record=record, photo_id_on_phone=one.id, key=one.key, sha256=one.sha256, photo_id=here.get(one.sha256)
            )
            for one in sent.photos
            if one.sha256 in kept
        ],
        ignore_conflicts=True,
    )


def keep_only_named(record: Record, sent: Sent) -> None:
    """Of two records under one id this one counts: the photos that only the other one named do not belong to it."""
    named = {(one.id, one.sha256) for one in sent.photos}
    others = [one.pk for one in Attachment.objects.of(record) if (one.photo_id_on_phone, one.sha256) not in named]
    Attachment.objects.filter(pk__in=others).delete()


@transaction.atomic
def receive_photo(*, record: Record, photo_id: UUID, content: bytes) -> None:
    """Keep a photo that a record names; the same bytes of one person are one photo, however often they come."""
    # Before the visit is held, for which others may wait.
    look_at(content)
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=record.visit_id)
    by, digest = record.person_id, sha256(content)
    if not Attachment.objects.of(record).filter(photo_id_on_phone=photo_id, sha256=digest).exists():
        raise NotAPhoto(NOT_NAMED if visit.photos_allowed else PHOTOS_OFF)
    photo, is_new = Photo.objects.get_or_create(visit=visit, person_id=by, sha256=digest, defaults={"body": content})
    if is_new:
        Attachment.objects.of_person(visit, by).filter(sha256=digest).update(photo=photo)
        outbox.put("peer_monitoring.photo", key=photo.pk)
        audit.record(by=by, operation="change", what="sent a photo of a visit", thing=visit)


@transaction.atomic
def make_picture(*, photo_id: UUID) -> None:
    """Draw a photo anew, once; of one that cannot be read that is written down."""
    photo = Photo.objects.get(pk=photo_id)
    if Picture.objects.filter(pk=photo.pk).exists():
        return
    try:
        bare = pictures.rebuilt(BytesIO(photo.body), kinds=KINDS)
        Picture.objects.create(photo=photo, body=bare.content, width=bare.width, height=bare.height)
    except pictures.Unreadable:
        Picture.objects.create(photo=photo)


def look_at(content: bytes) -> None:
    """Its first bytes say whether it is a photo, and how big: nothing is unpacked here."""
    try:
        pictures.size_of(BytesIO(content), kinds=KINDS)
    except pictures.TooBig as error:
        raise NotAPhoto(TOO_BIG) from error
    except pictures.Unreadable as error:
        raise NotAPhoto(NO_PICTURE) from error

"""Phones that deliver, as the server sees them."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from peer_monitoring import actions
from peer_monitoring.actions.concerns import receive_concern
from peer_monitoring.keys import PublicKey
from peer_monitoring.models import Attachment, Phone, Photo, Record, SealedDraft, SiteConcern, Visit
from peer_monitoring.records import sha256
from people.models import Person
from tests.factories.cms import picture_bytes
from tests.sealing import sealer


def made_ready(person: Person, name: str = "Blue phone") -> tuple[Phone, str]:
    """A phone of somebody, with its token."""
    return actions.make_phone(name=name, by=person.pk)


def record_of(visit: Visit, **more: Any) -> dict[str, Any]:
    """What a phone writes into a record."""
    told = {"id": str(uuid4()), "visit": str(visit.pk), "version": str(visit.version_id), "answers": {"told": "yes"}}
    return {**told, **more}


def photo_named(content: bytes, key: str = "photo", photo_id: str = "") -> dict[str, str]:
    """How a record names a photo."""
    return {"id": photo_id or str(uuid4()), "sha256": sha256(content), "key": key}


def with_a_photo(record: Record, *, size: tuple[int, int] = (60, 40)) -> Attachment:
    """A record to which a photo has come that can be seen."""
    content = picture_bytes(size=size)
    photo = Photo.objects.create(visit=record.visit, person_id=record.person_id, sha256=sha256(content), body=content)
    actions.make_picture(photo_id=photo.pk)
    return Attachment.objects.create(
        record=record, photo_id_on_phone=uuid4(), key="photo", sha256=photo.sha256, photo=photo
    )


def sealed_draft(visit: Visit, person: Person) -> SealedDraft:
    """What somebody had not finished when they signed out, with a photo that came."""
    draft_id, named, content = uuid4(), photo_named(picture_bytes()), picture_bytes()
    told = json.dumps({"visit": str(visit.pk), "photos": [named]}).encode()
    draft = SealedDraft.objects.create(
        pk=draft_id, visit=visit, person_id=person.pk, sha256=sha256(told), photos=[named],
        body=sealer()(told, f"{draft_id}/draft"),
    )  # fmt: skip
    draft.held.create(photo_id_on_phone=named["id"], body=sealer()(content, f"{draft_id}/photos/{named['id']}"))
    return draft


def raised(
    visit: Visit, person: Person, *, words: str = "A man has had no water.", is_inside: bool = True
) -> SiteConcern:
    """What somebody raises on a visit."""
    told = {"id": str(uuid4()), "visit": str(visit.pk), "words": words, "inside": is_inside}
    receive_concern(concern_id=UUID(told["id"]), body=json.dumps(told).encode(), by=person.pk)
    return SiteConcern.objects.get(id_on_phone=told["id"])


class Delivering:
    """A phone on a line: seals what it is given for the address it sends to, and shows its token."""

    def __init__(self, client: Client, token: str) -> None:
        self.client, self.token = client, token

    def record(self, told: dict[str, Any], **more: Any) -> Any:
        """A record, sealed."""
        return self.part(told["id"], "record", json.dumps(told).encode(), **more)

    def photo(self, record: dict[str, Any], named: dict[str, str], content: bytes, **more: Any) -> Any:
        """A photo that a record names, sealed."""
        return self.part(record["id"], f"photos/{named['id']}", content, **more)

    def part(
        self, delivery_id: str, what: str, content: bytes, *, sealed_for: PublicKey | None = None, **more: Any
    ) -> Any:
        """One part, sealed for where it goes, with the newest key or another one."""
        return self.bytes(delivery_id, what, sealer(sealed_for)(content, f"{delivery_id}/{what}"), **more)

    def bytes(self, delivery_id: str, what: str, body: bytes, **more: Any) -> Any:
        """Bytes as they are."""
        given = {"content_type": "application/octet-stream", "headers": {"Authorization": f"Phone {self.token}"}}
        return self.client.put(f"/app/deliveries/{delivery_id}/{what}/", body, **{**given, **more})

    def told(self) -> Any:
        """Whether this phone may still deliver."""
        return self.client.get("/app/phones/this/", headers={"Authorization": f"Phone {self.token}"})

"""Phones that deliver, as the server sees them."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from peer_monitoring import actions
from peer_monitoring.models import Phone, Visit
from people.models import Person
from tests.sealing import sealer


def made_ready(person: Person, name: str = "Blue phone") -> tuple[Phone, str]:
    """A phone of somebody, with its token."""
    return actions.make_phone(name=name, by=person.pk)


def record_of(visit: Visit, **more: Any) -> dict[str, Any]:
    """What a phone writes into a record."""
    told = {"id": str(uuid4()), "visit": str(visit.pk), "version": str(visit.version_id), "answers": {"told": "yes"}}
    return {**told, **more}


class Delivering:
    """A phone on a line: seals what it is given for the address it sends to, and shows its token."""

    def __init__(self, client: Client, token: str) -> None:
        self.client, self.token = client, token

    def record(self, told: dict[str, Any], **more: Any) -> Any:
        """A record, sealed."""
        return self.part(told["id"], "record", json.dumps(told).encode(), **more)

    def part(self, delivery_id: str, what: str, content: bytes, **more: Any) -> Any:
        """One part, sealed for where it goes."""
        return self.bytes(delivery_id, what, sealer()(content, f"{delivery_id}/{what}"), **more)

    def bytes(self, delivery_id: str, what: str, body: bytes, **more: Any) -> Any:
        """Bytes as they are."""
        given = {"content_type": "application/octet-stream", "headers": {"Authorization": f"Phone {self.token}"}}
        return self.client.put(f"/app/deliveries/{delivery_id}/{what}/", body, **{**given, **more})

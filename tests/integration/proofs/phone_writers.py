"""People who write on visits and deliver with their phones what they wrote; what they were told has arrived."""

import json
import random
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from peer_monitoring.keys import PublicKey
from tests.integration.proofs.delivering import Part, Phone, sealed
from tests.integration.proofs.killing import Service
from tests.sealing import Sealer, sealer

Told = dict[str, Any]
Named = dict[tuple[str, str], Part]
"""Photos, by the id of what names them and their own."""

ONE_EDITED_IN, ONE_TOO_EARLY_IN, ONE_AT_ONCE_IN, MOST_PHOTOS = 5, 5, 15, 2
# Nobody may raise more than thirty concerns an hour, or have more than fifty drafts wait.
ONE_CONCERN_IN, ONE_DRAFT_IN, MOST_OF_THESE = 6, 6, 25


@dataclass
class Sent:
    """What somebody's phones were told has arrived, and what they met on the way."""

    person: str
    records: dict[str, Part] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    not_replaced: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    photos: Named = field(default_factory=dict)
    drafts: dict[str, Part] = field(default_factory=dict)
    photos_of_drafts: Named = field(default_factory=dict)
    concerns: dict[str, Part] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def state(self, record: str) -> str:
        """Whether it counts, was replaced by an edit, or is one of several of a visit between which nobody chose."""
        if record in self.replaced:
            return "replaced"
        [beside] = [some for some in self.not_replaced.values() if record in some]
        return "counts" if beside == {record} else "conflict"


class Writer:
    """Somebody who goes from visit to visit and delivers with one phone after another."""

    def __init__(self, service: Service, told: Told, seal: Sealer, *, seed: int) -> None:
        self._draw, self._seal = random.Random(seed), seal
        self._visits, self.sent = told["visits"], Sent(told["person"])
        self._phones = [Phone(service.port, token, self._draw, self.sent.seen) for token in told["tokens"]]

    def go_on(self, goes_on: Callable[[], bool]) -> Sent:
        """Write and deliver, one thing after another: what nobody may miss first."""
        number = 0
        while goes_on():
            phone, visit = self._phones[number % len(self._phones)], self._draw.choice(self._visits)
            if self._one_in(ONE_CONCERN_IN) and len(self.sent.concerns) < MOST_OF_THESE:
                self._concern(phone, visit)
            photos = [self._photo() for _ in range(self._draw.randint(0, MOST_PHOTOS))]
            record = self._record(phone, visit, photos)
            if self._one_in(ONE_EDITED_IN):
                self._record(phone, visit, photos, supersedes=record)
            if self._one_in(ONE_DRAFT_IN) and len(self.sent.drafts) < MOST_OF_THESE:
                self._draft(phone, visit)
            number += 1
        return self.sent

    def _concern(self, phone: Phone, visit: Told) -> None:
        concern = self._id()
        told = {
            "id": concern, "visit": visit["id"], "words": f"Somebody is not well {concern}", "inside": True,
            "raised_at": "2026-05-04T10:30:00+01:00",
        }  # fmt: skip
        part = self._sealed(concern, "concern", told)
        self._deliver(phone, part)
        self.sent.concerns[concern] = part

    def _record(self, phone: Phone, visit: Told, photos: list[bytes], *, supersedes: str = "") -> str:
        record_id, pictures = self._named(photos)
        answers = {"yes_no": "yes", "limited": "7", "text": f"Zoë wrote {record_id}" + " and on" * 400}
        told = {
            "id": record_id, "visit": visit["id"], "version": visit["version"], "supersedes": supersedes or None,
            "began_at": "2026-05-04T10:00:00+01:00", "finished_at": "2026-05-04T11:00:00+01:00", "answers": answers,
        }  # fmt: skip
        record = self._sealed(record_id, "record", told, pictures)
        if supersedes:
            # What came with the record before it is there already.
            assert set(phone.deliver(record)["photos"]["held"]) == {one.photo for one in pictures}
            self.sent.replaced.add(supersedes)
        self._deliver(phone, record, *pictures)
        self.sent.records[record_id] = record
        self.sent.not_replaced[visit["id"]] = self.sent.not_replaced[visit["id"]] - {supersedes} | {record_id}
        self.sent.photos |= {(record_id, one.photo): one for one in pictures}
        return record_id

    def _draft(self, phone: Phone, visit: Told) -> None:
        draft_id, pictures = self._named([self._photo()])
        draft = self._sealed(draft_id, "draft", {"visit": visit["id"], "begun": f"with {draft_id}"}, pictures)
        self._deliver(phone, draft, *pictures)
        self.sent.drafts[draft_id] = draft
        self.sent.photos_of_drafts |= {(draft_id, one.photo): one for one in pictures}

    def _deliver(self, phone: Phone, *parts: Part) -> None:
        """In their order, or the photos too early: the phone is told so, and sends what comes before them."""
        early = len(parts) > 1 and self._one_in(ONE_TOO_EARLY_IN)
        for part in reversed(parts) if early else parts:
            if not early and self._one_in(ONE_AT_ONCE_IN):
                phone.deliver_many_times_at_once(part)
            phone.deliver(part)

    def _named(self, photos: list[bytes]) -> tuple[str, list[Part]]:
        """A new id, and photos that are sealed below it."""
        made = self._id()
        return made, [sealed(self._seal, made, f"photos/{self._id()}", one) for one in photos]

    def _sealed(self, made: str, what: str, told: Told, pictures: list[Part] | None = None) -> Part:
        """A part that names its photos; bytes are kept as a phone writes them, so they are written in several ways."""
        if pictures is not None:
            told["photos"] = [{"id": one.photo, "sha256": one.sha256, "key": "photo"} for one in pictures]
        part = sealed(self._seal, made, what, json.dumps(told, indent=self._draw.randint(0, 3)).encode())
        for one in pictures or ():
            one.before = part
        return part

    def _one_in(self, many: int) -> bool:
        return self._draw.randrange(many) == 0

    def _id(self) -> str:
        return str(UUID(int=self._draw.getrandbits(128), version=4))

    def _photo(self) -> bytes:
        size, held = (self._draw.randint(40, 400), self._draw.randint(40, 400)), BytesIO()
        Image.frombytes("L", size, self._draw.randbytes(size[0] * size[1])).convert("RGB").save(held, "JPEG")
        return held.getvalue()


def writers_of(service: Service, *, seed: int) -> list[Writer]:
    """Everybody whom `kills_visits` made, with what their phones seal for."""
    key = service.made["key"]
    seal = sealer(PublicKey(key["name"], b64decode(key["spki"])))
    return [Writer(service, told, seal, seed=seed + number) for number, told in enumerate(service.made["writers"])]

"""Server and database killed (-9) at random while phones deliver (ADR 0074): nothing is lost, and nothing doubled.

Records, their edits and photos come over lines that lose one answer in eight, and every tenth part comes twenty times
at once. `ALONGSIDE_DELIVERY_KILLS` says how many kills there are: 10 without it.
"""

import json
import os
import random
import tempfile
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from peer_monitoring.keys import PublicKey
from tests.integration.proofs import kills_visits
from tests.integration.proofs.delivering import Part, Phone, sealed
from tests.integration.proofs.killing import PATIENCE, Service, killed_at_random
from tests.sealing import Sealer, sealer

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ALONGSIDE_DELIVERY_KILLS", "10"))
ONE_EDITED_IN, ONE_TOO_EARLY_IN, ONE_AT_ONCE_IN, MOST_PHOTOS = 5, 5, 10, 2
KEPT_AS_SENT = "SELECT record_id::text, sha256, encode(sha256(body), 'hex') FROM peer_monitoring_received"
RECORDS = "SELECT id::text, state, person_id::text, answers->>'text' FROM peer_monitoring_record"
PHOTOS = "SELECT person_id::text, sha256, encode(sha256(body), 'hex') FROM peer_monitoring_photo"
NAMED = (
    "SELECT a.record_id::text, a.photo_id_on_phone::text, p.sha256 FROM peer_monitoring_attachment a"
    " LEFT JOIN peer_monitoring_photo p ON p.id = a.photo_id"
)
DRAWN = "SELECT count(*) FROM peer_monitoring_picture WHERE width > 0"
WRITTEN_DOWN = "SELECT count(*) FROM audit_entry WHERE what = %s"
STILL_OPEN = "SELECT count(*) FROM kit_outboxmessage WHERE kind LIKE 'peer_monitoring.%%' AND done_at IS NULL"


@dataclass
class Sent:
    """What somebody's phones were told has arrived."""

    person: str
    records: dict[str, Part] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    photos: dict[tuple[str, str], Part] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def state(self, record: str) -> str:
        """Whether it counts, or was replaced by an edit."""
        return "replaced" if record in self.replaced else "counts"


class Writer:
    """Somebody who goes from visit to visit and delivers with one phone after another."""

    def __init__(self, service: Service, told: dict[str, Any], seal: Sealer, seed: int) -> None:
        self.draw, self.seal = random.Random(seed), seal
        self.visits, self.sent = told["visits"], Sent(told["person"])
        self.phones = [Phone(service.port, token, self.draw, self.sent.seen) for token in told["tokens"]]

    def go_on(self, goes_on: Callable[[], bool]) -> Sent:
        """Write and deliver, one record after another."""
        number = 0
        while goes_on():
            phone, visit = self.phones[number % len(self.phones)], self.draw.choice(self.visits)
            photos = [self._photo() for _ in range(self.draw.randint(0, MOST_PHOTOS))]
            record = self._record(phone, visit, photos)
            if self.draw.randrange(ONE_EDITED_IN) == 0:
                self._record(phone, visit, photos, supersedes=record)
            number += 1
        return self.sent

    def _record(self, phone: Phone, visit: dict[str, str], photos: list[bytes], *, supersedes: str = "") -> str:
        record, pictures = self._sealed(visit, photos, supersedes)
        parts = [record, *pictures]
        if supersedes:
            # What came with the record before it is there already.
            assert set(phone.deliver(record)["photos"]["held"]) == {one.photo for one in pictures}
            self.sent.replaced.add(supersedes)
        elif self.draw.randrange(ONE_TOO_EARLY_IN) == 0:
            parts.reverse()
        for part in parts:
            if self.draw.randrange(ONE_AT_ONCE_IN) == 0:
                phone.deliver_many_times_at_once(part)
            phone.deliver(part)
        self.sent.records[record.delivery] = record
        self.sent.photos |= {(record.delivery, one.photo): one for one in pictures}
        return record.delivery

    def _sealed(self, visit: dict[str, str], photos: list[bytes], supersedes: str) -> tuple[Part, list[Part]]:
        record_id, ids = self._id(), [self._id() for _ in photos]
        told = {
            "id": record_id, "visit": visit["id"], "version": visit["version"], "supersedes": supersedes or None,
            "began_at": "2026-05-04T10:00:00+01:00", "finished_at": "2026-05-04T11:00:00+01:00",
            "answers": {"yes_no": "yes", "limited": "7", "text": f"Zoë wrote {record_id}" + " and on" * 400},
        }  # fmt: skip
        each = zip(ids, photos, strict=True)
        pictures = [sealed(self.seal, record_id, f"photos/{one}", photo) for one, photo in each]
        told["photos"] = [{"id": one.photo, "sha256": one.sha256, "key": "photo"} for one in pictures]
        # Bytes are kept as a phone writes them, not as we would.
        record = sealed(self.seal, record_id, "record", json.dumps(told, indent=self.draw.randint(0, 3)).encode())
        for picture in pictures:
            picture.before = record
        return record, pictures

    def _id(self) -> str:
        return str(UUID(int=self.draw.getrandbits(128), version=4))

    def _photo(self) -> bytes:
        size, held = (self.draw.randint(40, 400), self.draw.randint(40, 400)), BytesIO()
        Image.frombytes("L", size, self.draw.randbytes(size[0] * size[1])).convert("RGB").save(held, "JPEG")
        return held.getvalue()


@pytest.fixture
def service() -> Iterator[Service]:
    with tempfile.TemporaryDirectory(prefix="alongside-kills-") as folder:
        running = Service(Path(folder).resolve() / "data", people=kills_visits.__name__)
        try:
            yield running
        finally:
            running.stop()


def test_every_part_is_there_once_whenever_server_and_database_are_killed(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    key = service.made["key"]
    seal = sealer(PublicKey(key["name"], b64decode(key["spki"])))
    writers = [Writer(service, told, seal, KILLS + number) for number, told in enumerate(service.made["writers"])]
    with (
        killed_at_random(service, seed=KILLS, what=("server", "database")) as kills,
        ThreadPoolExecutor(len(writers)) as threads,
    ):
        sent = list(threads.map(lambda one: one.go_on(lambda: kills.total() < KILLS), writers))
    until = time.monotonic() + PATIENCE
    while service.ask(STILL_OPEN) != [(0,)]:
        assert time.monotonic() < until, "The outbox was never emptied."
        time.sleep(0.5)
    records = {name: part for one in sent for name, part in one.records.items()}
    photos = {name: part for one in sent for name, part in one.photos.items()}
    with capsys.disabled():
        seen = sum((one.seen for one in sent), Counter[str]())
        print(
            f"\n{kills.total()} kills ({dict(kills)}), {len(records)} records, {len(photos)} photos, "
            f"{time.monotonic() - began:.0f} s; {dict(seen)}"
        )
    assert all(kills[one] for one in ("server", "database")) or KILLS < 10
    nothing_is_lost_or_doubled(service, sent, records, photos)


def nothing_is_lost_or_doubled(
    service: Service, sent: list[Sent], records: dict[str, Part], photos: dict[tuple[str, str], Part]
) -> None:
    """What phones were told, against what the database holds: as it was sent, and what was made of it."""
    of_records = sorted((name, part.sha256, part.sha256) for name, part in records.items())
    assert sorted(service.ask(KEPT_AS_SENT)) == of_records
    rows = sorted(
        (name, one.state(name), one.person, json.loads(part.content)["answers"]["text"])
        for one in sent
        for name, part in one.records.items()
    )
    assert sorted(service.ask(RECORDS)) == rows
    of_photos = sorted({(one.person, part.sha256, part.sha256) for one in sent for part in one.photos.values()})
    assert sorted(service.ask(PHOTOS)) == of_photos
    assert sorted(service.ask(NAMED)) == sorted((*name, part.sha256) for name, part in photos.items())
    assert service.ask(DRAWN) == [(len(of_photos),)]
    assert service.ask(WRITTEN_DOWN, "sent a record of a visit") == [(len(records),)]
    assert service.ask(WRITTEN_DOWN, "sent a photo of a visit") == [(len(of_photos),)]

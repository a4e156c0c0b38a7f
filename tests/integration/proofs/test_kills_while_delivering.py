"""Server and database killed (-9) at random while phones deliver (ADR 0074): nothing is lost, and nothing doubled.

Records, edits, photos, drafts and concerns come over lines that lose one answer in eight; some parts come twenty times
at once, and some photos before what names them. `ALONGSIDE_DELIVERY_KILLS` says how many kills: 10 without it.
"""

import hashlib
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.integration.proofs import kills_visits
from tests.integration.proofs.delivering import Part
from tests.integration.proofs.killing import PATIENCE, Service, killed_at_random
from tests.integration.proofs.phone_writers import Sent, writers_of

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ALONGSIDE_DELIVERY_KILLS", "10"))
KEPT_AS_SENT = "SELECT record_id::text, sha256, encode(sha256(body), 'hex') FROM peer_monitoring_received"
RECORDS = "SELECT id::text, state, person_id::text, answers->>'text' FROM peer_monitoring_record"
PHOTOS = "SELECT person_id::text, sha256, encode(sha256(body), 'hex') FROM peer_monitoring_photo"
NAMED = (
    "SELECT a.record_id::text, a.photo_id_on_phone::text, p.sha256 FROM peer_monitoring_attachment a"
    " LEFT JOIN peer_monitoring_photo p ON p.id = a.photo_id"
)
DRAWN = "SELECT count(*) FROM peer_monitoring_picture WHERE width > 0"
DRAFTS = "SELECT id::text, encode(sha256(body), 'hex') FROM peer_monitoring_sealeddraft"
PHOTOS_OF_DRAFTS = (
    "SELECT draft_id::text, photo_id_on_phone::text, encode(sha256(body), 'hex') FROM peer_monitoring_sealedphoto"
)
HANDED_OVER = "SELECT id_on_phone::text, sha256, words FROM peer_monitoring_siteconcern"
AT_THE_SCHEME = "SELECT words FROM s_ashmere.feedback_concern"
WRITTEN_DOWN = "SELECT count(*) FROM audit_entry WHERE what = %s"
STILL_OPEN = "SELECT count(*) FROM kit_outboxmessage WHERE kind LIKE 'peer_monitoring.%%' AND done_at IS NULL"


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
    began, writers = time.monotonic(), writers_of(service, seed=KILLS)
    with (
        killed_at_random(service, seed=KILLS, what=("server", "database")) as kills,
        ThreadPoolExecutor(len(writers)) as threads,
    ):
        sent = list(threads.map(lambda one: one.go_on(lambda: kills.total() < KILLS), writers))
    until = time.monotonic() + PATIENCE
    while service.ask(STILL_OPEN) != [(0,)]:
        assert time.monotonic() < until, "The outbox was never emptied."
        time.sleep(0.5)
    with capsys.disabled():
        seen = sum((one.seen for one in sent), Counter[str]())
        arrived = {
            name: sum(len(getattr(one, name)) for one in sent) for name in ("records", "photos", "drafts", "concerns")
        }
        print(f"\n{kills.total()} kills ({dict(kills)}), {time.monotonic() - began:.0f} s: {arrived}, {dict(seen)}")
    assert all(kills[one] for one in ("server", "database")) or KILLS < 10
    records_are_there_once(service, sent)
    photos_are_there_once(service, sent)
    drafts_are_there_once(service, sent)
    concerns_are_there_once(service, sent)


def records_are_there_once(service: Service, sent: list[Sent]) -> None:
    """Byte by byte, and as they are read on pages; those that an edit replaced too."""
    records = [(name, part.sha256, part.sha256) for one in sent for name, part in one.records.items()]
    assert sorted(service.ask(KEPT_AS_SENT)) == sorted(records)
    rows = [
        (name, one.state(name), one.person, json.loads(part.content)["answers"]["text"])
        for one in sent
        for name, part in one.records.items()
    ]
    assert sorted(service.ask(RECORDS)) == sorted(rows)
    assert service.ask(WRITTEN_DOWN, "sent a record of a visit") == [(len(records),)]


def photos_are_there_once(service: Service, sent: list[Sent]) -> None:
    """Byte by byte, with the record and with its edit that name them, and drawn anew."""
    photos = {(one.person, part.sha256, part.sha256) for one in sent for part in one.photos.values()}
    assert sorted(service.ask(PHOTOS)) == sorted(photos)
    named = [(*name, part.sha256) for one in sent for name, part in one.photos.items()]
    assert sorted(service.ask(NAMED)) == sorted(named)
    assert service.ask(DRAWN) == [(len(photos),)]
    assert service.ask(WRITTEN_DOWN, "sent a photo of a visit") == [(len(photos),)]


def drafts_are_there_once(service: Service, sent: list[Sent]) -> None:
    """As they were sealed, each with its photo."""
    drafts = [(name, as_sealed(part)) for one in sent for name, part in one.drafts.items()]
    assert sorted(service.ask(DRAFTS)) == sorted(drafts)
    photos = [(*name, as_sealed(part)) for one in sent for name, part in one.photos_of_drafts.items()]
    assert sorted(service.ask(PHOTOS_OF_DRAFTS)) == sorted(photos)
    assert service.ask(WRITTEN_DOWN, "sent a sealed draft of a visit") == [(len(drafts),)]


def concerns_are_there_once(service: Service, sent: list[Sent]) -> None:
    """With the scheme, and their words nowhere else."""
    concerns = [(name, part) for one in sent for name, part in one.concerns.items()]
    assert sorted(service.ask(HANDED_OVER)) == sorted((name, part.sha256, "") for name, part in concerns)
    words = [json.loads(part.content)["words"] for _, part in concerns]
    assert sorted(words) == sorted(row[0] for row in service.ask(AT_THE_SCHEME))
    assert service.ask(WRITTEN_DOWN, "raised a concern on a visit") == [(len(concerns),)]


def as_sealed(part: Part) -> str:
    return hashlib.sha256(part.sealed).hexdigest()

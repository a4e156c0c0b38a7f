"""The shell of the app on a phone: the same for everybody, whole, and light (ADR 0074)."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find

from peer_monitoring.shell import FOLDER, STATIC, shell, worker
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group

MOST = 250_000  # bytes, compressed
IMPORT = re.compile(r"""^(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"](;?)$""", re.M)


@pytest.fixture
def monitor():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices").monitors[0]


def modules() -> Iterator[tuple[Path, str]]:
    return ((file, file.read_text()) for file in (STATIC / FOLDER).rglob("*.js"))


def test_the_page_is_the_same_for_everybody(client_at, monitor):
    anyone, somebody = client_at(None).get("/app/"), client_at(None, monitor).get("/app/")
    assert anyone.status_code == 200
    assert anyone.content == somebody.content
    assert not anyone.cookies
    assert "csrf" not in anyone.content.decode()


def test_without_a_script_the_page_leads_to_the_plain_forms(client_at):
    page = client_at(None).get("/app/").content.decode()
    assert re.search(r'<noscript>.*href="/visits/".*</noscript>', page, re.S)


def test_the_worker_may_stand_before_every_page_and_is_asked_for_anew(client_at):
    answer = client_at(None).get("/app/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_the_page_and_its_worker_carry_one_mark(client_at):
    assert json.dumps(shell().mark) in worker()
    assert f'data-mark="{shell().mark}"' in client_at(None).get("/app/").content.decode()


def test_the_phone_keeps_every_file_that_the_app_asks_for():
    kept = set(shell().files)
    page = shell().page
    asked = set(re.findall(r'(?:src|href|data-components)="(/static/[^"]+)"', page))
    asked |= set(json.loads(re.search(r'data-pictures="([^"]+)"', page)[1].replace("&#34;", '"')).values())
    for file, text in modules():
        for path, _ in IMPORT.findall(text):
            asked.add(f"/static/{(file.parent / path).resolve().relative_to(STATIC.resolve())}")
    beside = {one for one in asked if "/questions/" in one or "/idb/" in one or "/peer_monitoring/" in one}
    assert beside
    assert asked <= kept, asked - kept


def test_every_import_ends_as_the_hashing_of_names_reads_it():
    """Without its `;` a name stays as it is written, and under that name nothing is served."""
    found = [(file.name, path, end) for file, text in modules() for path, end in IMPORT.findall(text)]
    assert len(found) > 50
    assert [one for one in found if not one[2]] == []


def test_everything_that_a_phone_keeps_is_light():
    """What does not change between two versions is fetched once: pages, scripts, styles and pictures in all."""
    files = [name.removeprefix("/static/") for name in shell().files if name.startswith("/static/")]
    sizes = {name: len(gzip.compress(Path(find(name)).read_bytes())) for name in files}
    assert sum(sizes.values()) + len(gzip.compress(shell().page.encode())) < MOST


def test_a_phone_can_put_the_app_beside_its_others(client_at):
    told = client_at(None).get("/app/manifest.webmanifest").json()
    assert told["start_url"] == "/app/"
    assert all(find(one["src"].removeprefix("/static/")) for one in told["icons"])

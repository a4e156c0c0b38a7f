"""The reading age of each journey that a service user meets: 11 at most, and as the paper says (ADR 0055).

`infra/reading-age` writes the paper, with the sentences that are hardest now.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from kit import clock, reading
from kit.reading import Measured
from tenants.schemes.models import Scheme
from tests.integration.reading.journeys import JOURNEYS, Walk

DOCS = Path(__file__).parents[3] / "docs"
PAPER = DOCS / "reading-age.md"
OLDEST = 11
# By how much a journey may come away from the paper before the paper is written again.
NEAR = 0.5
ROW = re.compile(r"^\| ([^|]+?) \| (\d+) \| ([\d.]+) \|", re.MULTILINE)
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


def terms_of_the_field() -> list[str]:
    """Those that docs/words.md lists, with a reason, as not counted."""
    listed = (DOCS / "words.md").read_text().partition("## Not counted in the reading age")[2].partition("\n## ")[0]
    return [term.strip() for row in re.findall(r"^\| ([^|]+) \|", listed, re.MULTILINE)[1:] for term in row.split(",")]


@pytest.fixture
def walk(
    scheme: Scheme, client_at: Callable[..., Client], work: Callable[[], None], mail_folder: Path, settings: Any
) -> Walk:
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)
    return Walk(scheme, client_at, mail_folder, work)


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_is_read_with_ease_at_eleven_and_stands_in_the_paper(name: str, walk: Walk) -> None:
    with override_settings(DEBUG=False):
        JOURNEYS[name](walk)
    found = reading.measure(walk.read, terms=terms_of_the_field())
    if "ALONGSIDE_READING_AGE" in os.environ:
        _write_down(name, len(walk.read), found)
    assert found.words > 20, walk.read
    hardest = "\n".join(f"{one.age:.1f}: {one.text}" for one in found.hardest(8))
    assert max(found.age, found.age_by_sound) <= OLDEST, f"{found.age:.1f}, {found.age_by_sound:.1f}\n{hardest}"
    written = {journey: float(age) for journey, _, age in ROW.findall(PAPER.read_text())}
    assert written.get(name) == pytest.approx(found.age, abs=NEAR), "Run infra/reading-age"


def test_the_paper_has_each_journey_once_and_no_other() -> None:
    assert [journey for journey, _, _ in ROW.findall(PAPER.read_text())] == list(JOURNEYS)


def test_terms_of_the_field_are_listed_and_few() -> None:
    assert 0 < len(terms_of_the_field()) <= 25


def _write_down(name: str, pages: int, found: Measured) -> None:
    """Put the row of a journey into the file that `infra/reading-age` makes the paper of."""
    hardest = found.hardest(1)[0].text.replace("|", "/")
    with Path(os.environ["ALONGSIDE_READING_AGE"]).open("a") as rows:
        rows.write(f"| {name} | {pages} | {found.age:.1f} | {found.age_by_sound:.1f} | {found.words} | {hardest} |\n")

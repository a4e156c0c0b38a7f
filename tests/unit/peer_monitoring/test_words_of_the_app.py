"""What the app and the pages both say, they say with the same words."""

from pathlib import Path

import pytest

import peer_monitoring
from peer_monitoring.models import Record, Trouble

WORDS = (Path(peer_monitoring.__path__[0]) / "static/peer_monitoring/app/words.js").read_text()


@pytest.mark.parametrize("why", Record.Unfinished)
def test_why_something_is_not_finished(why):
    assert f"    {why.value}: '{why.label}'" in WORDS.partition("  kinds: {")[2].partition("}")[0]


@pytest.mark.parametrize("kind", ["refused", "delayed", "cut_short"])
def test_what_kept_the_team_from_a_visit(kind):
    assert Trouble.Kind(kind).label == Record.Unfinished(kind).label

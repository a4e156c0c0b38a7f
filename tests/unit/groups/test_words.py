"""Our visitors are no independent custody visitors, and no page or message calls them so (F6)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OURS = ("platform", "tenants", "cms", "peer_monitoring")
KINDS = {".py", ".jinja", ".js", ".typ", ".po"}
CALLED_SO = re.compile(r"custody[\s_-]+visit(?:or|ors|ing)\b|\bICVs?\b", re.IGNORECASE)


def test_nobody_is_called_a_visitor_of_custody() -> None:
    files = [path for top in OURS for path in (ROOT / top).rglob("*") if path.suffix in KINDS and path.is_file()]
    assert len(files) > 500
    assert [str(path.relative_to(ROOT)) for path in files if CALLED_SO.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("words", ["a custody visitor", "Independent Custody Visiting", "custody_visitor", "two ICVs"])
def test_who_is_called_so_would_be_seen(words: str) -> None:
    assert CALLED_SO.search(words)


@pytest.mark.parametrize("words", ["a visit to a custody suite", "custody inspector", "Custody suite. Visit it"])
def test_a_visit_to_a_custody_suite_may_be_called_one(words: str) -> None:
    assert not CALLED_SO.search(words)

"""What stands on the slips that are printed."""

from typing import Any

import pytest

from tenants.feedback import papers
from tenants.feedback.papers import OnPaper


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[OnPaper]:
    """What stands on the slips that are printed from here on; the paper itself is made as always."""
    seen: list[OnPaper] = []
    really = papers.slips

    def see(made: Any, **how: Any) -> bytes:
        seen.extend(made)
        return really(made, **how)

    monkeypatch.setattr(papers, "slips", see)
    return seen

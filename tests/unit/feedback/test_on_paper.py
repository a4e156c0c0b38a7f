"""A pair as paper takes it."""

from datetime import date

import pytest

from kit.pair import STOPS, PairView, Stop
from tenants.feedback.on_paper import on_paper


@pytest.mark.parametrize(("late", "words"), [(True, "9 November 2026 (this is late)"), (False, "9 November 2026")])
def test_paper_says_that_a_promise_is_late_s59(late: bool, words: str) -> None:
    assert on_paper(PairView(said="A", by=date(2026, 11, 9), is_late=late))["by"] == words


def test_paper_says_that_a_promise_whose_day_is_over_is_done_s59() -> None:
    stops = [Stop(name, done=name != "Confirmed") for name in STOPS]
    shown = on_paper(PairView(said="A", by=date(2026, 11, 9), stops=stops))
    assert shown["by"] == "9 November 2026 (we say it is done)"

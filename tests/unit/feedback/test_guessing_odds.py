"""How hard it is to guess a slip, worked out again from the words, the digits and the limit (ADR 0011)."""

import math
import re
from pathlib import Path

import pytest

from kit import codes
from tenants.feedback import limits

PAPER = (Path(__file__).parents[3] / "docs/adr/0011-codes-on-slips.md").read_text()
LIVE = 100_000
YEAR = 24 * 365
ROW = re.compile(r"^ *\| ([^|]+) \| ([\d,]+) \| 1 in ([\d,]+) \|$", re.MULTILINE)


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_paper_says_how_likely_a_guess_is_with_100_000_slips_out() -> None:
    rows = {who: (number(tries), number(odds)) for who, tries, odds in ROW.findall(PAPER)}
    tries = [1, limits.TRIES_AN_HOUR, limits.TRIES_AN_HOUR * YEAR, 100 * limits.TRIES_AN_HOUR * YEAR]
    assert [done for done, _ in rows.values()] == tries
    for done, odds in rows.values():
        assert odds == pytest.approx(1 / codes.chance_of_a_hit(tries=done, live=LIVE), rel=0.2 if odds == 2 else 0.003)
    assert f"take {limits.TRIES_AN_HOUR} tries in an hour" in PAPER


def test_a_year_of_guessing_from_one_address_finds_one_of_100_000_slips_less_than_once_in_a_hundred() -> None:
    assert codes.chance_of_a_hit(tries=limits.TRIES_AN_HOUR * YEAR, live=LIVE) < 0.01


def test_guessing_all_codes_but_one_finds_nearly_surely_and_none_nothing() -> None:
    assert codes.chance_of_a_hit(tries=0, live=LIVE) == 0
    assert codes.chance_of_a_hit(tries=codes.POSSIBLE, live=LIVE) == pytest.approx(1)
    assert math.log2(codes.POSSIBLE) == pytest.approx(42.1, abs=0.01)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_one_connection_is_one_address_however_many_it_has(one: str, other: str, same: bool) -> None:
    assert (limits._whose(one) == limits._whose(other)) == same

"""A line of the log gives nobody away, whatever is in it."""

import json
import logging
import sys
import time

import pytest

from kit import codes
from kit.logs import _LAST, LONGEST, _place_of_error, masked


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Not Found: /mine/?q=I+was+there", "Not Found: /mine/"),
        ("to robin.fenn+x@mail.example.org now", "to [address] now"),
        ("Gone: /invitations/gx9IXDVtyNu7VCqBLDKvbqNCreDf84c7GUkyMNISd1w/", "Gone: /invitations/[id]/"),
        ("/points/cd86dc74-389e-40f9-9468-ec21f1055d53/decide/", "/points/[id]/decide/"),
        ("/you-said-we-did/", "/you-said-we-did/"),
    ],
)
def test_what_could_name_somebody_is_masked(line: str, written: str) -> None:
    assert masked(line) == written


@pytest.mark.parametrize("gap", ["-", " ", "%20", "/", ""])
def test_a_slips_code_is_masked_however_it_was_typed(gap: str) -> None:
    code = codes.new_code()
    for typed in (code, code.lower()):
        line = masked(f"Not Found: /answer/{typed.replace('-', gap)}")
        assert not any(word in line.upper() for word in code.split("-")[:3])


@pytest.mark.parametrize("letters", ["a", "aaa-", "a.", "abandon", "maple-lamp-", "a/"])
def test_an_endless_address_costs_next_to_nothing(letters: str) -> None:
    began = time.process_time()
    assert len(masked(f"Not Found: /{letters * 60_000}")) <= LONGEST + 1
    assert time.process_time() - began < 0.5


def test_what_is_cut_off_leaves_no_half_of_an_address() -> None:
    line = "/" + "x/" * (LONGEST // 2 - 5) + "robin.fenn@mail.example.org"
    assert "robin" not in masked(line)


def test_an_error_is_told_by_its_class_and_never_by_its_words() -> None:
    try:
        raise ValueError("Robin said that the cell was cold")
    except ValueError:
        event = _place_of_error(None, "error", {"event": "It failed", "exc_info": sys.exc_info()})
    for step in _LAST:
        event = step(logging.getLogger(), "error", event)
    assert json.loads(event)["error"] == "ValueError"
    assert "Robin" not in event

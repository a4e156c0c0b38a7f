"""The one rule of Easy Read, and the pictures that stand beside an idea (F4, S15, ADR 0057)."""

import json
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import parse

from kit import easy

CASES = json.loads((Path(__file__).parents[2] / "easy_read_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_an_idea_is_one_sentence_of_fifteen_words_at_most(case: dict[str, Any]) -> None:
    """The same cases are put before the browser's check in `e2e/test_easy_read.py`."""
    found = easy.broken(case["text"])
    if not case["fault"]:
        assert found is None
    else:
        assert found is not None
        assert (found.fault, found.words, found.sentence) == (case["fault"], case["words"], case["sentence"])


@pytest.mark.parametrize("fault", easy.Fault)
def test_each_fault_is_told_with_the_sentence_and_what_to_do(fault: easy.Fault) -> None:
    said = str(easy.Broken(fault, "We wait.", 16))
    assert "“We wait.”" in said and ("Make a new idea" in said or "Use 15 at most" in said)


def test_our_pictures_are_those_that_are_listed() -> None:
    assert {file.stem for file in easy.FOLDER.glob("*.svg")} == set(easy.PICTURES)
    assert len(set(easy.PICTURES.values())) == len(easy.PICTURES)


@pytest.mark.parametrize("name", easy.PICTURES)
def test_a_picture_of_ours_is_simple_and_runs_nothing(name: str) -> None:
    file = easy.FOLDER / f"{name}.svg"
    assert {one.tag.rpartition("}")[2] for one in parse(file).iter()} <= {"svg", "path", "circle", "rect"}
    assert "href" not in file.read_text() and len(file.read_text()) < 600

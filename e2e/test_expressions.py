"""Expressions of question sets find the same in a browser as on the server (docs/adr/0070)."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from playwright.sync_api import Page

from e2e.stack import Stack
from e2e.visiting import Visits
from questions.expressions import BadExpression
from tests.random_expressions import Case, cases, is_same, slips

TABLE = json.loads((Path(__file__).parents[1] / "tests" / "expression_cases.json").read_text())
MODULE = "questions/expressions.js"
BATCH = 500
# What the browser finds of each case: a value, what `holds` says of it, or that it was refused.
ASK = """async ({ module, cases }) => {
  const { evaluate, holds, BadExpression } = await import(module)
  return cases.map(({ expression, answers, around }) => {
    try {
      return { value: evaluate(expression, answers, around), holds: holds(expression, answers, around) }
    } catch (error) {
      if (error instanceof BadExpression) return { refused: true }
      return { broke: String(error) }
    }
  })
}"""
Ask = Callable[[Iterable[Case]], list[dict[str, Any]]]


@pytest.fixture
def ask(visit: Visits, stack: Stack) -> Ask:
    """Put cases before the module that the service sends to browsers."""
    page: Page = visit(start=f"{stack.platform}/sign-in/")
    files = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    module = f"/static/{files[MODULE]}"
    return lambda asked: page.evaluate(ASK, {"module": module, "cases": [case.for_the_browser() for case in asked]})


def of_table(case: dict[str, Any]) -> Case:
    around = {key: case[key] for key in ("repeat", "index", "own", "names") if key in case}
    return Case(case["expression"], case.get("answers", {}), {"today": case.get("today", "2026-11-30"), **around})


def some(made: SearchStrategy[Case], many: int, *, derandomize: bool = True) -> list[Case]:
    """So many cases by chance; the same ones each time, unless asked otherwise."""
    found: list[Case] = []

    def keep(case: Case) -> None:
        found.append(case)

    settings(
        max_examples=many,
        derandomize=derandomize,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(made)(keep))()
    return found


def on_the_server(case: Case) -> dict[str, Any]:
    try:
        return {"value": case.on_the_server()}
    except BadExpression:
        return {"refused": True}


def differing(asked: list[Case], ask: Ask) -> list[tuple[Case, dict[str, Any], dict[str, Any]]]:
    """Cases of which browser and server find different things, the shortest first."""
    found = []
    for at in range(0, len(asked), BATCH):
        batch = asked[at : at + BATCH]
        for case, theirs in zip(batch, ask(batch), strict=True):
            ours = on_the_server(case)
            if ours.keys() != theirs.keys() - {"holds"} or not is_same(ours.get("value"), theirs.get("value")):
                found.append((case, ours, theirs))
    return sorted(found, key=lambda one: len(one[0].expression))


def test_the_browser_finds_what_the_table_says(ask: Ask) -> None:
    asked = [case for group in TABLE["groups"] for case in group["cases"]]
    for case, found in zip(asked, ask(map(of_table, asked)), strict=True):
        value = case["value"]
        wanted = float(value["number"]) if isinstance(value, dict) else value
        assert is_same(found.get("value"), wanted), (case, found)
        assert found["holds"] is (bool(wanted) and wanted == wanted), (case, found)


def test_the_browser_refuses_what_the_table_says(ask: Ask) -> None:
    refused = TABLE["refused"]
    for case, found in zip(refused, ask(map(of_table, refused)), strict=True):
        assert found == {"refused": True}, case


def test_the_browser_finds_what_the_server_finds(ask: Ask) -> None:
    assert differing(some(cases, 500), ask)[:3] == []


def test_the_browser_refuses_what_the_server_refuses(ask: Ask) -> None:
    assert differing(some(slips, 500), ask)[:3] == []


def test_texts_that_are_put_together_end_at_the_same_place(ask: Ask) -> None:
    answers = {"long": "😀" * 60_000, "r": [{"a": "x" * 10} for _ in range(50)]}
    asked = ["concat(${long}, 'a', ${long})", "join(${long}, ${a})", "string-length(join(join(${long}, ${a}), ${a}))"]
    assert differing([Case(one, answers, {"today": "2026-11-30"}) for one in asked], ask) == []


@pytest.mark.long
def test_thousands_of_expressions_find_the_same(ask: Ask) -> None:
    assert differing(some(cases, 10_000, derandomize=False), ask)[:3] == []


@pytest.mark.long
def test_thousands_of_slips_are_refused_alike(ask: Ask) -> None:
    assert differing(some(slips, 10_000, derandomize=False), ask)[:3] == []

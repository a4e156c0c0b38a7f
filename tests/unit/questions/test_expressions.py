"""What expressions of question sets find, and what is said of those that are none (docs/adr/0070)."""

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from questions.expressions import BadExpression, Names, check, evaluate, holds, names_in
from questions.expressions.functions import FUNCTIONS, LONGEST_TEXT
from questions.expressions.grammar import known_functions
from tests.random_expressions import is_same

TABLE = json.loads((Path(__file__).parents[2] / "expression_cases.json").read_text())
CASES = [case for group in TABLE["groups"] for case in group["cases"]]
TODAY = date(2026, 11, 30)
NAMES: Names = {"told": None, "cells": None, "people_met": "", "age": "people_met", "rights_told": None}


def wanted(case: dict[str, Any]) -> Any:
    """The value of a case; JSON has no words for some numbers."""
    value = case["value"]
    return float(value["number"]) if isinstance(value, dict) else value


def found(case: dict[str, Any], asking: Any = evaluate) -> Any:
    around = {key: case[key] for key in ("repeat", "index", "own", "names") if key in case}
    today = date.fromisoformat(case.get("today", "2026-11-30"))
    return asking(case["expression"], case.get("answers", {}), today=today, **around)


@pytest.mark.parametrize("group", TABLE["groups"], ids=lambda group: group["group"])
def test_the_server_finds_what_the_table_says(group: dict[str, Any]) -> None:
    """The same table is put before the browser in `e2e/test_expressions.py`."""
    for case in group["cases"]:
        assert is_same(found(case), wanted(case)), (case, found(case))


def test_what_holds_is_what_xpath_takes_as_true() -> None:
    for case in CASES:
        value = wanted(case)
        assert found(case, holds) is (bool(value) and value == value), case


@pytest.mark.parametrize("case", TABLE["refused"], ids=lambda case: case["expression"][:20])
def test_what_is_no_expression_is_refused_in_words(case: dict[str, str]) -> None:
    with pytest.raises(BadExpression) as refused:
        check(case["expression"], names={"x": None, "y": None, "people": ""}, inside="people", own=True)
    assert str(refused.value)[-1] in ".?" and len(str(refused.value)) < 600


def test_the_table_asks_for_every_function_and_operator() -> None:
    said = " ".join(case["expression"] for case in CASES)
    signs = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
    missing = [name for name in known_functions() if f"{name}(" not in said]
    assert not missing and all(f" {sign} " in said for sign in signs)
    assert len(CASES) >= 200 and len({case["note"] + case["expression"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("${rights_tld} = 'yes'", "There is no question “rights_tld”. Did you mean ${rights_told}?"),
        ("${shoes} = 'yes'", "There is no question “shoes”. Look at the names of the questions before this one."),
        ("coalese(${told}, 1)", "There is no function “coalese”. Did you mean coalesce?"),
        ("regex(${told}, 'a')", "There is no function “regex”. Did you mean contains, starts-with or ends-with?"),
        ("selected(${told})", "selected() takes 2 values, with commas between them; here are 1."),
        ("today(1)", "today() takes no values, with commas between them; here are 1."),
        ("substr('a')", "substr() takes 2 or 3 values, with commas between them; here are 1."),
        ("join('a')", "join() takes 2 or more values, with commas between them; here are 1."),
        ("not(${told}", "A bracket is not closed. Write a “)” where it ends."),
        ("(1 = 1", "A bracket is not closed. Write a “)” where it ends."),
        ("1 = 1)", "There is a “)” where something else should stand. Is there one too many?"),
        ("not ${told}", "Write brackets behind “not”."),
        ("told = 'yes'", "“told” stands alone. Write 'told' for a text, or ${told} for an answer."),
        ("${told} = 'yes", "A text is not closed. Write the same quotation mark where it ends."),
        ("${told} = ‘yes’", "Use straight quotation marks: 'yes'."),
        ("${ told } = 'yes'", "Write an answer as ${name}, with no spaces in it."),
        ("${told}\u00a0= 'yes'", "There is a space here that only looks like one. Delete it and type it again."),
        ("${told} % 2", "“%” cannot be used here."),
        ("${told} = ", "Something is missing at the end."),
        ("= ${told}", "“=” cannot stand here. Look at what stands before it."),
        ("${told} 'yes'", "“yes” cannot stand here. Look at what stands before it."),
        ("'${told}' = 'yes'", "An answer cannot stand inside quotes. Put it outside: concat('a', ${b})."),
        ("", "There is nothing here. Write what must be true, for example ${name} = 'yes'."),
        ("1" * 1204, "This has 1,204 characters. Make it shorter: 1,000 is the most."),
        ("(" * 21, "There are more than 20 brackets in one another. Make it simpler."),
        (". > 3", "“.” is the answer that a limit is about. Write ${name} for the answer that you mean."),
        ("position(..) = 1", "position(..) is for questions that are asked several times. This one is asked once."),
        ("position()", "Write position(..) for the number of the round."),
        ("${people_met} = 1", "“people_met” is several questions. Write count(${people_met}) for how many times."),
    ],
)  # fmt: skip
def test_whoever_wrote_it_is_told_what_to_do(expression: str, says: str) -> None:
    with pytest.raises(BadExpression) as refused:
        check(expression, names=NAMES)
    assert str(refused.value) == says


def test_a_function_that_is_like_none_is_answered_with_all_there_are() -> None:
    with pytest.raises(BadExpression) as refused:
        check("xyz(1)", names={})
    assert all(name in str(refused.value) for name in FUNCTIONS)


def test_what_fits_the_questions_is_accepted() -> None:
    check("${told} = 'yes' and count(${people_met}) > 2 and ${age} > 17", names=NAMES)
    check("${age} > 17 and position(..) = 1 and . != ''", names=NAMES, inside="people_met", own=True)


def test_the_questions_that_an_expression_asks_about_are_named() -> None:
    assert names_in("if(${told} = 'told', count(${people_met}), ${told})") == {"told", "people_met"}
    assert names_in("'told' = 1") == frozenset()


def test_an_answer_of_no_question_is_empty() -> None:
    assert evaluate("concat(${nobody}, .)", {}, today=TODAY) == ""


def test_a_phone_may_send_a_text_for_a_repeat_or_rounds_for_a_question() -> None:
    answers = {"people_met": "several", "told": [{"age": "3"}]}
    assert evaluate("count(${people_met}) + count(${age})", answers, today=TODAY, names=NAMES) == 0
    assert evaluate("${told}", answers, today=TODAY, names=NAMES) == ""


def test_a_text_that_is_put_together_has_an_end() -> None:
    """Else a row of joins would make a text that no machine holds."""
    answers = {"long": "x" * 50_000, "r": [{"a": "y" * 10} for _ in range(200)]}
    many = "join(" * 18 + "${long}" + ", ${a})" * 18
    assert len(str(evaluate(many, answers, today=TODAY))) == LONGEST_TEXT
    assert evaluate("string-length(concat(${long}, ${long}, ${long}))", answers, today=TODAY) == LONGEST_TEXT


def test_long_lists_are_compared_without_looking_at_every_pair() -> None:
    answers = {"r": [{"a": str(at), "b": str(-at - 1)} for at in range(20_000)]}
    began = time.process_time()
    for sign in ("=", "<"):
        assert evaluate(f"${{a}} {sign} ${{b}}", answers, today=TODAY) is False
    assert time.process_time() - began < 5


def test_the_deepest_expression_needs_no_more_than_half_of_what_python_allows() -> None:
    """Each bracket holds an operator of every kind, so that each asks all the others."""
    deepest = "0 or 1 and 1!=1<1+1*(" * 19 + "-1" + ")" * 19
    before = sys.getrecursionlimit()
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    sys.setrecursionlimit(depth + 500)
    try:
        assert evaluate(deepest, {}, today=TODAY) is True
        assert evaluate("1" + "+1" * 499, {}, today=TODAY) == 500
    finally:
        sys.setrecursionlimit(before)

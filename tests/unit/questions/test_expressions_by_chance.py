"""Whatever is written as an expression, and whatever phones send: nothing breaks (docs/adr/0070).

That the browser finds the same is shown in `e2e/test_expressions.py`.
"""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings

from questions.expressions import BadExpression, check, names_in
from questions.expressions.reading import read
from tests.random_expressions import NAMES, REPEAT, Case, cases, slips

FEW = settings(max_examples=300, derandomize=True, database=None, deadline=None)
MANY = settings(FEW, max_examples=10_000, derandomize=False, suppress_health_check=[HealthCheck.too_slow])


def finds_a_value(case: Case) -> None:
    """What is accepted has a value, of one of the four kinds, for any answers."""
    check(case.expression, names=NAMES, inside=REPEAT, own=True)
    assert names_in(case.expression) <= set(NAMES)
    value = case.on_the_server()
    assert type(value) in (str, float, bool, list)
    assert not isinstance(value, list) or all(type(one) is str for one in value)


def is_an_expression_or_is_refused(case: Case) -> None:
    """Nothing is raised but BadExpression; and what can be read has a value, also where it was not checked."""
    read.cache_clear()
    with contextlib.suppress(BadExpression):
        check(case.expression, names=NAMES, inside=REPEAT, own=True)
    with contextlib.suppress(BadExpression):
        case.on_the_server()


def test_whatever_is_well_written_is_accepted_and_finds_a_value() -> None:
    FEW(given(cases)(finds_a_value))()


def test_whatever_is_badly_written_is_refused_and_nothing_else() -> None:
    FEW(given(slips)(is_an_expression_or_is_refused))()


@pytest.mark.long
def test_thousands_of_expressions_find_a_value() -> None:
    MANY(given(cases)(finds_a_value))()


@pytest.mark.long
def test_thousands_of_slips_are_refused_and_nothing_else() -> None:
    MANY(given(slips)(is_an_expression_or_is_refused))()

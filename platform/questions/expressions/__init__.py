"""Expressions of question sets: when a question is asked, and what its answer may be (docs/adr/0070).

Pure: no database, no clock. The browser has the same in `static/questions/expressions.js`, and
`tests/expression_cases.json` says what both must find.
"""

from datetime import date
from typing import Any

from questions.expressions.checking import check, names_in
from questions.expressions.errors import BadExpression
from questions.expressions.reading import read
from questions.expressions.scope import Answers, Names, Scope
from questions.expressions.values import Value, truth

__all__ = ["Answers", "BadExpression", "Names", "Value", "check", "evaluate", "holds", "names_in"]


def evaluate(
    expression: str,
    answers: Answers,
    *,
    today: date,
    repeat: str | None = None,
    index: int = 0,
    own: str | None = None,
    names: Names | None = None,
) -> Value:
    """What an expression finds among answers, asked by a question in round `index` of `repeat`, about its answer `own`.

    `names` says in which repeat each question stands, as for `check`. Without it, that is read off the answers, which
    cannot tell it of a repeat that has no round yet.
    """
    tree: Any = read(expression)  # elementpath knows no scopes of ours, and many more kinds of values
    found: Value = tree.evaluate(Scope(answers, today.isoformat(), repeat, index, own or "", names))
    return found


def holds(
    expression: str,
    answers: Answers,
    *,
    today: date,
    repeat: str | None = None,
    index: int = 0,
    own: str | None = None,
    names: Names | None = None,
) -> bool:
    """Whether an expression is true of answers: what `relevant` and `constraint` ask."""
    return truth(evaluate(expression, answers, today=today, repeat=repeat, index=index, own=own, names=names))

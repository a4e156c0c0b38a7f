"""Looking at an expression before it is used: does it fit the questions that there are?"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from questions.expressions.errors import BadExpression
from questions.expressions.reading import read
from questions.expressions.scope import Names

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

ANSWER, OWN, POSITION, COUNT = "${", ".", "position", "count"


def check(expression: str, *, names: Names, inside: str | None = None, own: bool = False) -> None:
    """Raise BadExpression where a question in `inside` cannot ask this; `own` where it has an answer of its own."""
    for token, asked_by in _tokens(read(expression)):
        if token.symbol == ANSWER:
            _check_name(str(token.value), names, asked_by)
        elif token.symbol == OWN and not own:
            raise BadExpression("“.” is the answer that a limit is about. Write ${name} for the answer that you mean.")
        elif token.symbol == POSITION and not inside:
            raise BadExpression("position(..) is for questions that are asked several times. This one is asked once.")


def names_in(expression: str) -> frozenset[str]:
    """The questions that an expression asks about."""
    return frozenset(str(token.value) for token, _asked_by in _tokens(read(expression)) if token.symbol == ANSWER)


def _check_name(name: str, names: Names, asked_by: str) -> None:
    if name not in names:
        near = get_close_matches(name, names, n=1)
        advice = f"Did you mean ${{{near[0]}}}?" if near else "Look at the names of the questions before this one."
        raise BadExpression(f"There is no question “{name}”. {advice}")
    if names[name] == "" and asked_by != COUNT:
        raise BadExpression(f"“{name}” is several questions. Write count(${{{name}}}) for how many times.")


def _tokens(root: "XPathToken") -> Iterator[tuple["XPathToken", str]]:
    """All tokens, each with the sign of the one it belongs to."""
    waiting: list[tuple[XPathToken, str]] = [(root, "")]
    while waiting:
        token, asked_by = waiting.pop()
        yield token, asked_by
        waiting += [(part, token.symbol) for part in reversed(token)]

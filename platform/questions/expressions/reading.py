"""Reading an expression once, however often it is asked.

`elementpath` is brought in by the first one, and by nothing before: it takes half a second and 30 MB.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from questions.expressions.errors import BadExpression

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

LONGEST = 1000  # characters
_KEPT = 500
_TEXT = re.compile(r"""'[^']*'|"[^"]*\"""")
_ODD_SPACE = re.compile(r"[^\S \t\r\n]")


@lru_cache(maxsize=_KEPT)
def read(expression: str) -> "XPathToken":
    """An expression as a tree of tokens, or BadExpression."""
    if len(expression) > LONGEST:
        raise BadExpression(f"This has {len(expression):,} characters. Make it shorter: {LONGEST:,} is the most.")
    if not expression.strip():
        raise BadExpression("There is nothing here. Write what must be true, for example ${name} = 'yes'.")
    if _ODD_SPACE.search(_TEXT.sub("", expression)):
        raise BadExpression("There is a space here that only looks like one. Delete it and type it again.")
    from questions.expressions.grammar import Parser

    return Parser().parse(expression)

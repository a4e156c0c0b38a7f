"""The part of XPath 1.0 that expressions are written in: a parser of `elementpath`, with the functions of ODK.

`elementpath` reads an expression into a tree of tokens, each of which finds its own value. Here stand the tokens of our
part alone, so that whatever else XPath has is refused. Where `elementpath` reads more than XPath 1.0 allows (exponents,
doubled quotes, a sign +) or finds something else (whole and decimal numbers, comparisons), the tokens are ours.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, ClassVar

from elementpath import XPath1Parser
from elementpath.xpath_tokens import XPathFunction, XPathToken

from questions.expressions import functions
from questions.expressions.errors import BadExpression
from questions.expressions.functions import FUNCTIONS
from questions.expressions.values import Value, compare, number, text, truth

DEEPEST = 20
_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*"
_ANSWER = re.compile(rf"\$\{{({NAME})\}}")
# What somebody means who writes a function that is not there.
_INSTEAD = {
    "date-time": "date", "format-date-time": "format-date", "indexed-repeat": "sum, min, max or count", "last": "count",
    "now": "today", "once": "coalesce", "regex": "contains, starts-with or ends-with", "sqrt": "pow",
    "string-join": "join", "substring": "substr",
}  # fmt: skip


class _Ours(XPathToken):
    """How values are read as one another, and what is said of a token that stands in a wrong place."""

    parser: Any  # always our Parser

    def value_of(self, part: int, context: Any) -> Value:
        """The value of one of its parts."""
        found: Any = self[part].evaluate(context)  # elementpath would name many more kinds
        return found

    def select(self, context: Any = None) -> Iterator[Any]:
        """One value, also where that is a list: elementpath would give its texts one by one."""
        yield self.evaluate(context)

    def boolean_value(self, obj: Any) -> bool:
        """As XPath's `boolean()`; elementpath asks it of what `select` gives."""
        return truth(next(obj) if isinstance(obj, Iterator) else obj)

    def string_value(self, obj: Any) -> str:
        """As XPath's `string()`."""
        return text(obj)

    def number_value(self, obj: Any) -> float:
        """As XPath's `number()`."""
        return number(obj)

    def wrong_syntax(self, message: str | None = None, code: str = "") -> Any:
        """It cannot stand here."""
        if self.symbol == "(end)":
            return BadExpression("Something is missing at the end.")
        if self.symbol == ")":
            return BadExpression("There is a “)” where something else should stand. Is there one too many?")
        return BadExpression(f"“{self.value}” cannot stand here. Look at what stands before it.")


class _Literal(_Ours):
    """Text or a number, as it is written."""

    def nud(self) -> XPathToken:
        if isinstance(self.value, str) and "${" in self.value:
            raise BadExpression("An answer cannot stand inside quotes. Put it outside: concat('a', ${b}).")
        return self

    def evaluate(self, context: Any = None) -> Any:
        return self.value if isinstance(self.value, str) else float(str(self.value))


class _Word(_Ours):
    """A word that is neither an operator nor one of our functions."""

    def nud(self) -> XPathToken:
        name = str(self.value)
        if self.parser.next_token.symbol != "(":
            raise BadExpression(f"“{name}” stands alone. Write '{name}' for a text, or ${{{name}}} for an answer.")
        if near := _INSTEAD.get(name) or "".join(get_close_matches(name, known_functions(), n=1)):
            raise BadExpression(f"There is no function “{name}”. Did you mean {near}?")
        raise BadExpression(f"There is no function “{name}”. There are: {', '.join(known_functions())}.")


class _Unknown(_Ours):
    """A sign that we do not read."""

    def wrong_syntax(self, message: str | None = None, code: str = "") -> Any:
        if self.value in ("'", '"'):
            return BadExpression("A text is not closed. Write the same quotation mark where it ends.")
        if self.value in ("‘", "’", "“", "”"):
            return BadExpression("Use straight quotation marks: 'yes'.")
        if self.value == "$":
            return BadExpression("Write an answer as ${name}, with no spaces in it.")
        return BadExpression(f"“{self.value}” cannot be used here.")

    def nud(self) -> XPathToken:
        raise self.wrong_syntax()


class _Answer(_Ours):
    """`${name}`: what was answered."""

    def nud(self) -> XPathToken:
        found = _ANSWER.match(self.parser.source, self.span[0])
        assert found  # the tokenizer has looked already
        self.value = found[1]
        self.parser.advance()
        self.parser.advance("}")
        return self

    def evaluate(self, context: Any = None) -> Any:
        return context.answer(self.value)


class _Own(_Ours):
    """`.`: the answer that a limit is about."""

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: Any = None) -> Any:
        return context.own


class _Bracket(_Ours):
    """What stands in brackets comes first."""

    def nud(self) -> XPathToken:
        with self.parser.deeper():
            self[:] = (self.parser.expression(),)
            self.parser.close()
        return self

    def evaluate(self, context: Any = None) -> Any:
        return self.value_of(0, context)


class _Operator(_Ours):
    """An operator between two values."""

    def led(self, left: XPathToken) -> XPathToken:
        self[:] = left, self.parser.expression(self.rbp)
        return self

    @abstractmethod
    def apply(self, left: Value, context: Any) -> Value:
        """Its value, of what was found on its left."""

    def evaluate(self, context: Any = None) -> Any:
        """Not each operator asks the one on its left: a long row of them would be deeper than Python goes."""
        row: list[_Operator] = []
        first: XPathToken = self
        while isinstance(first, _Operator) and len(first) == 2:
            row.append(first)
            first = first[0]
        value: Any = first.evaluate(context)
        for one in reversed(row):
            value = one.apply(value, context)
        return value


class _Minus(_Operator):
    """Between two numbers, or the sign of one."""

    def nud(self) -> XPathToken:
        with self.parser.deeper():
            self[:] = (self.parser.expression(_SIGN),)
        return self

    def apply(self, left: Value, context: Any) -> Value:
        return number(left) - number(self.value_of(1, context))

    def evaluate(self, context: Any = None) -> Any:
        return -number(self.value_of(0, context)) if len(self) == 1 else super().evaluate(context)


class _Function(_Ours, XPathFunction):
    """A call, with as many values as the function takes."""

    fewest: ClassVar[int]
    most: ClassVar[int | None]
    find: ClassVar[Any]

    def nud(self) -> XPathFunction:
        parser = self.parser
        if parser.next_token.symbol != "(":
            raise BadExpression(f"Write brackets behind “{self.symbol}”.")
        with parser.deeper():
            parser.advance()
            self.read_values()
            parser.close()
        if len(self) < self.fewest or (self.most is not None and len(self) > self.most):
            raise BadExpression(f"{self.symbol}() takes {self.takes}, with commas between them; here are {len(self)}.")
        return self

    def read_values(self) -> None:
        """Read what stands in the brackets."""
        while self.parser.next_token.symbol != ")" or len(self):
            self.append(self.parser.expression())
            if self.parser.next_token.symbol != ",":
                return
            self.parser.advance()

    @property
    def takes(self) -> str:
        """How many values it takes, in words."""
        if self.most is None:
            return f"{self.fewest} or more values"
        if self.fewest == self.most:
            return "no values" if not self.most else "1 value" if self.most == 1 else f"{self.most} values"
        return f"{self.fewest} or {self.most} values"


class _Found(_Function):
    """A function of ours."""

    def evaluate(self, context: Any = None) -> Any:
        return self.find(*(one.evaluate(context) for one in self))


class _Position(_Function):
    """`position(..)`: the number of the round in which the question stands."""

    def read_values(self) -> None:
        if self.parser.next_token.symbol != "..":
            raise BadExpression("Write position(..) for the number of the round.")
        self.parser.advance()

    def evaluate(self, context: Any = None) -> Any:
        return float(context.index + 1)


class _Today(_Function):
    """`today()`: the day of whoever asks."""

    def evaluate(self, context: Any = None) -> Any:
        return context.today


class Parser(XPath1Parser):
    """Reads one expression; a new one for each."""

    # Names are symbols too: those that are in the table are operators and functions, and all others words.
    tokenizer = re.compile(
        rf"""('[^']*'|"[^"]*"|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"""
        rf"""|(\$\{{(?={NAME}\}})|{NAME}|\.\.|!=|<=|>=|[-+*=<>(),.}}])"""
        r"""|((?!))|([^ \t\r\n])|[ \t\r\n]+"""
    )
    name_pattern = re.compile(NAME)
    symbol_table = {}
    _depth = 0

    def parse(self, source: str) -> XPathToken:
        """Read an expression into a tree; not evaluated once without answers, as XPath1Parser would."""
        return super(XPath1Parser, self).parse(source)

    @staticmethod
    def unescape(string_literal: str) -> str:
        """A text without its quotes; XPath 1.0 has no doubled ones."""
        return string_literal[1:-1]

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count brackets, calls and signs in one another."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadExpression(f"There are more than {DEEPEST} brackets in one another. Make it simpler.")
        yield
        self._depth -= 1

    def close(self) -> None:
        """A bracket must end here."""
        if self.next_token.symbol == "(end)":
            raise BadExpression("A bracket is not closed. Write a “)” where it ends.")
        self.advance(")")


def known_functions() -> list[str]:
    """The names of all functions, in order."""
    return sorted(name for name, token in Parser.symbol_table.items() if issubclass(token, XPathFunction))


_SIGN = 70  # how strongly a sign binds: more than all operators


def _register(symbol: str, base: type[XPathToken], *bases: type[XPathToken], bp: int = 0, **more: Any) -> None:
    Parser.register(symbol, bases=(base, *bases), lbp=bp, rbp=bp, **more)


def _arithmetic(find: Any) -> Any:
    return lambda self, left, context: find(number(left), number(self.value_of(1, context)))


def _comparison(self: _Ours, left: Value, context: Any) -> bool:
    return compare(self.symbol, left, self.value_of(1, context))


def _or(self: _Ours, left: Value, context: Any) -> bool:
    return truth(left) or truth(self.value_of(1, context))


def _and(self: _Ours, left: Value, context: Any) -> bool:
    return truth(left) and truth(self.value_of(1, context))


for symbol in ("(start)", "(end)", ")", ",", "..", "}"):
    _register(symbol, _Ours)
for symbol in ("(string)", "(integer)", "(decimal)"):
    _register(symbol, _Literal)
_register("(name)", _Word)
_register("(unknown)", _Unknown)
_register("(", _Bracket)
_register("${", _Answer)
_register(".", _Own)

_register("or", _Operator, bp=20, apply=_or)
_register("and", _Operator, bp=25, apply=_and)
for symbol in ("=", "!="):
    _register(symbol, _Operator, bp=30, apply=_comparison)
for symbol in ("<", "<=", ">", ">="):
    _register(symbol, _Operator, bp=35, apply=_comparison)
_register("+", _Operator, bp=40, apply=_arithmetic(lambda left, right: left + right))
_register("-", _Minus, bp=40)
_register("*", _Operator, bp=45, apply=_arithmetic(lambda left, right: left * right))
_register("div", _Operator, bp=45, apply=_arithmetic(functions.divide))
_register("mod", _Operator, bp=45, apply=_arithmetic(functions.remainder))

# XPath's own, as elementpath has them.
for name, takes in {
    "true": 0, "false": 0, "not": 1, "boolean": 1, "string": 1, "number": 1, "contains": 2, "starts-with": 2,
    "substring-before": 2, "substring-after": 2,
}.items():  # fmt: skip
    _register(name, _Function, XPath1Parser.symbol_table[name], fewest=takes, most=takes)
for name, (fewest, most, find) in FUNCTIONS.items():
    _register(name, _Found, fewest=fewest, most=most, find=staticmethod(find))
_register("position", _Position, fewest=0, most=0)
_register("today", _Today, fewest=0, most=0)
